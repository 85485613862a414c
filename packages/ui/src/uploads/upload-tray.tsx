'use client';

import { ChevronDown, ChevronUp, Pause, Play, X } from 'lucide-react';
import { type ReactNode, useCallback, useState } from 'react';
import { Button } from '../button.tsx';
import { ConfirmDialog } from '../confirm-dialog.tsx';
import { DuplicatesDialog } from '../duplicates-dialog.tsx';
import { counted, formatBytes, formatDuration } from '../format.ts';
import { useIsOffline } from '../local/use-offline.ts';
import { Progress } from '../progress.tsx';
import { offerUndo } from '../undo.ts';
import type { OpenUploads } from './desk.ts';
import { IntakeNotices, Notice } from './intake-notices.tsx';
import type { UploadControls, UploadQueue, UploadSnapshot, UploadWords } from './queue.ts';
import { canRetry, holdable } from './upload-row.tsx';
import { UploadRows } from './upload-rows.tsx';
import { useIntake, useRate, useUploadSnapshot } from './use-uploads.ts';

const over = new Set(['done', 'error', 'cancelled']);

function headline(
  { items, done, failed, active }: UploadSnapshot,
  { noun, arrived }: UploadWords,
): string {
  if (items.length === 0) return 'Uploads';
  const wanted = items.filter(({ state }) => state !== 'cancelled').length;
  const paused = items.filter(({ state }) => state === 'paused').length;
  if (paused > 0 && paused === wanted - done - failed) return `${counted(paused, noun)} paused`;
  if (active) return `Uploading ${Math.min(done + 1, wanted)} of ${counted(wanted, noun)}`;
  const good = `${counted(done, noun)} ${arrived.toLowerCase()}`;
  if (failed > 0) return `${good}, ${failed} not`;
  return done > 0 ? good : 'Uploads cancelled';
}

function totals({ loaded, size, active }: UploadSnapshot, rate: number): string {
  if (!active) return formatBytes(loaded);
  const speed = rate > 0 ? ` · ${formatBytes(rate)}/s` : '';
  const left = rate > 0 && size > loaded ? ` · ${formatDuration((size - loaded) / rate)} left` : '';
  return `${formatBytes(loaded)} of ${formatBytes(size)}${speed}${left}`;
}

type Props<Input> = {
  open: OpenUploads<Input, UploadQueue<Input>>;
  words: UploadWords;
  /** The way to where they go, while another page is open. */
  way?: ReactNode;
  /** Whether people came to this page for something else than what arrives. */
  isAside: boolean;
  accept?: string | undefined;
  onFiles: (files: File[]) => void;
  onRefusalsSeen: () => void;
};

/** What is on its way, at the lower right: progress, cancel, retry, and why something was not taken. */
export function UploadTray<Input>(props: Props<Input>) {
  const { open: uploads, words, way, isAside, accept, onFiles, onRefusalsSeen } = props;
  const { uploader, intake, refused } = uploads;
  const { noun } = words;
  const snapshot = useUploadSnapshot(uploader);
  const { looking, duplicates, locked, missing } = useIntake(intake);
  const { items, active, failed } = snapshot;
  const [wish, setOpen] = useState<boolean>();
  // Nothing to look at any more once all has gone well.
  const open = wish ?? (!isAside && (active || failed > 0));
  const title = headline(snapshot, words);
  const settled = items.length > 0 && !active ? title : '';
  const isEmpty = [items, locked, missing, refused].every(({ length }) => length === 0);
  return (
    <>
      <p aria-live="polite" className="sr-only">
        {active ? `Uploading ${counted(items.length, noun)}` : settled}
      </p>
      <DuplicatesDialog
        duplicates={looking > 0 ? [] : duplicates}
        place={words.place}
        noun={noun}
        onAnswer={(how, about) => intake.answer(how, about)}
      />
      {isEmpty && looking === 0 ? null : (
        <section
          aria-label="Uploads"
          className="animate-rise-in overflow-hidden rounded-lg border bg-popover shadow-dialog"
        >
          <div className="flex min-h-12 items-center gap-1 py-1.5 pe-2 ps-4">
            <div className="min-w-0 flex-1">
              <h2 className="truncate font-medium text-sm tabular-nums">{title}</h2>
              <Summary {...{ uploader, snapshot, words, way }} />
            </div>
            <Controls {...{ uploader, snapshot, words, open }} onOpen={setOpen} />
          </div>
          <Bar snapshot={snapshot} offline={words.offline} />
          <IntakeNotices {...{ intake, refused, noun, accept, onFiles, onRefusalsSeen }} />
          {open && items.length > 0 ? (
            <UploadRows items={items} uploader={uploader} words={words} />
          ) : null}
        </section>
      )}
    </>
  );
}

type PartProps = { uploader: UploadControls; snapshot: UploadSnapshot; words: UploadWords };

function Summary({ uploader, snapshot, words, way }: PartProps & { way: ReactNode }) {
  const rate = useRate(
    useCallback(() => uploader.getSnapshot().loaded, [uploader]),
    snapshot.active,
  );
  const { items } = snapshot;
  const note = words.note?.(items.map(({ file }) => file)) ?? '';
  return (
    <p className="truncate text-muted-foreground text-xs tabular-nums">
      {items.length === 0 ? 'Nothing on its way' : totals(snapshot, rate)}
      {note === '' ? '' : ` · ${note}`}
      {way ? <> · {way}</> : null}
    </p>
  );
}

function Bar({ snapshot, offline }: { snapshot: UploadSnapshot; offline: string | undefined }) {
  const isOffline = useIsOffline();
  if (!snapshot.active) return null;
  return (
    <>
      <Progress value={snapshot.progress * 100} label="All uploads" className="rounded-none" />
      {isOffline && offline ? <Notice tone="warning">{offline}</Notice> : null}
    </>
  );
}

type ControlProps = PartProps & { open: boolean; onOpen: (open: boolean) => void };

function Controls({ uploader, snapshot, words, open, onOpen }: ControlProps) {
  const { items, active } = snapshot;
  const moving = items.some(({ state }) => holdable.has(state));
  const paused = items.some(({ state }) => state === 'paused');
  const again = items.filter((item) => canRetry(item, words));
  const lost = again.filter(({ state }) => state === 'error');
  const [asking, setAsking] = useState(false);
  if (items.length === 0) return null;
  const close = () => {
    if (active) cancelAll(uploader, words.noun);
    else if (lost.length > 0) setAsking(true);
    else clear(uploader);
  };
  return (
    <>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Close, without ${counted(lost.length, words.noun)}?`}
        description="They have not arrived, and are forgotten here. You can choose them again."
        confirmLabel="Close uploads"
        onConfirm={() => {
          setAsking(false);
          clear(uploader);
        }}
      />
      {again.length > 1 ? (
        <Button
          size="sm"
          variant="ghost"
          onClick={() => {
            for (const { key } of again) uploader.retry(key);
          }}
        >
          Retry {again.length}
        </Button>
      ) : null}
      {items.length > 1 && (moving || paused) ? (
        <Button
          size="icon-sm"
          variant="ghost"
          aria-label={moving ? 'Pause all uploads' : 'Resume all uploads'}
          title={moving ? 'Pause all' : 'Resume all'}
          onClick={() => (moving ? uploader.pause() : uploader.resume())}
        >
          {moving ? <Pause /> : <Play />}
        </Button>
      ) : null}
      <Button
        size="icon-sm"
        variant="ghost"
        aria-label={open ? 'Collapse uploads' : 'Expand uploads'}
        aria-expanded={open}
        onClick={() => onOpen(!open)}
      >
        {open ? <ChevronDown /> : <ChevronUp />}
      </Button>
      <Button
        size="icon-sm"
        variant="ghost"
        aria-label={active ? 'Cancel all uploads' : 'Close uploads'}
        title={active ? 'Cancel all uploads' : 'Close'}
        onClick={close}
      >
        <X />
      </Button>
    </>
  );
}

/** One press, and perhaps hundreds of files: it can be taken back. */
function cancelAll(uploader: UploadControls, noun: string): void {
  const { items } = uploader.getSnapshot();
  const keys = items.filter(({ state }) => !over.has(state)).map(({ key }) => key);
  uploader.cancel();
  offerUndo(`${counted(keys.length, noun)} cancelled`, () => {
    for (const key of keys) uploader.retry(key);
  });
}

function clear(uploader: UploadControls): void {
  for (const { key, state } of uploader.getSnapshot().items) {
    if (over.has(state)) uploader.remove(key);
  }
}
