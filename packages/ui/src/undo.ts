'use client';

import { toast } from './toaster.tsx';

/** Long enough to notice, to read and to decide. */
export const UNDO_MS = 8_000;

type Undoable = { toastId: string | number; until: number; undo: () => void };

/** What Ctrl-Z takes back, the latest last. */
const done: Undoable[] = [];

/**
 * Says what was done, and takes it back by its button or by Ctrl-Z while it is shown.
 * @returns how to offer it no longer
 */
export function offerUndo(title: string, undo: () => void): () => void {
  const entry: Undoable = { toastId: '', until: Date.now() + UNDO_MS, undo };
  const withdraw = () => {
    const index = done.indexOf(entry);
    if (index >= 0) done.splice(index, 1);
    toast.dismiss(entry.toastId);
  };
  const take = () => {
    withdraw();
    undo();
  };
  entry.undo = take;
  entry.toastId = toast.success(title, {
    duration: UNDO_MS,
    action: { label: 'Undo', onClick: take },
  });
  done.push(entry);
  return withdraw;
}

export function undoLatest(): void {
  const now = Date.now();
  const latest = done.findLast((entry) => entry.until > now);
  if (latest) latest.undo();
  else toast.info('There is nothing to undo');
}
