'use client';

import { toast } from './toaster.tsx';

/** Long enough to notice, to read and to decide. */
export const UNDO_MS = 8_000;

type Undoable = { until: number; undo: () => void };

/** What Ctrl-Z takes back, the latest last. */
const done: Undoable[] = [];

/**
 * For what says by itself that it was done: Ctrl-Z takes it back on every page, within the time.
 * @returns how to forget it
 */
export function rememberUndo(undo: () => void): () => void {
  const entry: Undoable = { until: Date.now() + UNDO_MS, undo };
  done.push(entry);
  return () => {
    const index = done.indexOf(entry);
    if (index >= 0) done.splice(index, 1);
  };
}

/**
 * Says what was done, and takes it back by its button or by Ctrl-Z while it is shown.
 * @returns how to offer it no longer
 */
export function offerUndo(title: string, undo: () => void): () => void {
  const take = () => {
    withdraw();
    undo();
  };
  const forget = rememberUndo(take);
  const toastId = toast.success(title, {
    duration: UNDO_MS,
    action: { label: 'Undo', onClick: take },
  });
  const withdraw = () => {
    forget();
    toast.dismiss(toastId);
  };
  return withdraw;
}

export function undoLatest(): void {
  const now = Date.now();
  const latest = done.findLast((entry) => entry.until > now);
  if (latest) latest.undo();
  else toast.info('There is nothing to undo');
}
