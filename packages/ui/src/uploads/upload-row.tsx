'use client';

import { CircleAlert, CircleCheck, type LucideIcon, Pause, Play, RotateCw, X } from 'lucide-react';
import { memo, useCallback } from 'react';
import { Button } from '../button.tsx';
import { FileIcon } from '../file-icon.tsx';
import { formatBytes, formatDuration } from '../format.ts';
import { Progress } from '../progress.tsx';
import { Spinner } from '../spinner.tsx';
import type { UploadControls, UploadItem, UploadState, UploadWords } from './queue.ts';
import { useRate } from './use-uploads.ts';

/** What can be paused. */
export const holdable: ReadonlySet<UploadState> = new Set(['queued', 'requesting', 'uploading']);

export const canRetry = ({ state, file, error }: UploadItem, words: UploadWords): boolean =>
  state === 'cancelled' || (state === 'error' && !(error && words.isHopeless(file, error)));

function detail({ state, loaded, file, error }: UploadItem, words: UploadWords): string {
  switch (state) {
    case 'queued':
      return `Waiting · ${formatBytes(file.size)}`;
    case 'requesting':
      return 'Preparing';
    case 'uploading':
      return `${formatBytes(loaded)} of ${formatBytes(file.size)}`;
    case 'paused':
      return `Paused at ${formatBytes(loaded)} of ${formatBytes(file.size)}`;
    case 'completing':
      return words.checking;
    case 'done':
      return `${words.arrived} · ${formatBytes(file.size)}`;
    case 'cancelled':
      return 'Cancelled';
    case 'error':
      return error ? words.problem(file, error) : 'Not uploaded';
  }
}

type RowProps = {
  item: UploadItem;
  uploader: UploadControls;
  words: UploadWords;
  /** Where it is among all: most of them are not in the document. */
  index: number;
  count: number;
  measure: (element: HTMLElement | null) => void;
};

/** Drawn anew only when its own item changes, not with each of hundreds. */
export const UploadRow = memo(function UploadRow(props: RowProps) {
  const { item, uploader, words, index, count, measure } = props;
  const { key, file, state, progress } = item;
  return (
    <li
      ref={measure}
      data-index={index}
      aria-posinset={index + 1}
      aria-setsize={count}
      className="flex items-start gap-3 py-2 pe-2 ps-4"
    >
      <StateIcon item={item} />
      <div className="min-w-0 flex-1">
        <p className="truncate text-sm" title={file.name}>
          {file.name}
        </p>
        <p
          className={`text-xs leading-4 tabular-nums ${state === 'error' ? 'text-danger' : 'text-muted-foreground'}`}
        >
          {detail(item, words)}
          {state === 'uploading' ? <Pace item={item} uploader={uploader} /> : null}
        </p>
        {state === 'uploading' || state === 'paused' ? (
          <Progress value={progress * 100} label={`Upload of ${file.name}`} className="mt-1.5" />
        ) : null}
      </div>
      {/* One place for what starts and stops, so that the focus stays when it changes. */}
      {holdable.has(state) ? (
        <Action icon={Pause} verb="Pause" name={file.name} run={() => uploader.pause(key)} />
      ) : state === 'paused' ? (
        <Action icon={Play} verb="Resume" name={file.name} run={() => uploader.resume(key)} />
      ) : canRetry(item, words) ? (
        <Action icon={RotateCw} verb="Retry" name={file.name} run={() => uploader.retry(key)} />
      ) : null}
      {holdable.has(state) || state === 'paused' || state === 'completing' ? (
        <Action icon={X} verb="Cancel" name={file.name} run={() => uploader.cancel(key)} />
      ) : null}
    </li>
  );
});

/** How fast one file goes, and how long it still takes. */
function Pace({ item: { key, file, loaded }, uploader }: Pick<RowProps, 'item' | 'uploader'>) {
  const now = useCallback(
    () => uploader.getSnapshot().items.find((each) => each.key === key)?.loaded ?? 0,
    [uploader, key],
  );
  const rate = useRate(now, true);
  if (rate === 0) return null;
  const left = formatDuration((file.size - loaded) / rate);
  return <>{` · ${formatBytes(Math.round(rate))}/s · ${left} left`}</>;
}

type ActionProps = { icon: LucideIcon; verb: string; name: string; run: () => void };

function Action({ icon: Icon, verb, name, run }: ActionProps) {
  return (
    <Button
      size="icon-sm"
      variant="ghost"
      aria-label={`${verb} the upload of ${name}`}
      title={verb}
      onClick={run}
    >
      <Icon />
    </Button>
  );
}

function StateIcon({ item }: { item: UploadItem }) {
  const place = 'mt-0.5 size-4 shrink-0';
  switch (item.state) {
    case 'done':
      return <CircleCheck aria-hidden="true" className={`${place} text-success`} />;
    case 'error':
      return <CircleAlert aria-hidden="true" className={`${place} text-danger`} />;
    case 'completing':
    case 'requesting':
      return <Spinner className={`${place} text-muted-foreground`} />;
    case 'queued':
    case 'uploading':
    case 'paused':
    case 'cancelled':
      return <FileIcon type={item.file.type} className={place} />;
  }
}
