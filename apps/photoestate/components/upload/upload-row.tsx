'use client';

import { Button } from '@repo/ui/button';
import { FileIcon } from '@repo/ui/file-icon';
import { formatBytes } from '@repo/ui/format';
import { Progress } from '@repo/ui/progress';
import { Spinner } from '@repo/ui/spinner';
import { CircleAlert, CircleCheck, type LucideIcon, Pause, Play, RotateCw, X } from 'lucide-react';
import { memo } from 'react';
import type { UploadItem } from 'slipway/client';
import type { PhotoUploader } from '../../lib/upload/upload-desk.ts';
import { isHopeless, uploadWords } from '../../lib/upload/upload-words.ts';

function detail({ state, loaded, file, error }: UploadItem): string {
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
      return 'Checking what arrived';
    case 'done':
      return `Uploaded · ${formatBytes(file.size)}`;
    case 'cancelled':
      return 'Cancelled';
    case 'error':
      return error ? uploadWords(file, error) : 'Not uploaded';
  }
}

/** What can be paused. */
export const holdable: ReadonlySet<string> = new Set(['queued', 'requesting', 'uploading']);

type RowProps = { item: UploadItem; uploader: PhotoUploader };

/** Drawn anew only when its own item changes, not with each of hundreds. */
export const UploadRow = memo(function UploadRow({ item, uploader }: RowProps) {
  const { key, file, state, progress, error } = item;
  const mayRetry =
    state === 'cancelled' || (state === 'error' && !(error && isHopeless(file, error)));
  return (
    <li className="flex items-start gap-3 py-2 pr-2 pl-4">
      <StateIcon item={item} />
      <div className="min-w-0 flex-1">
        <p className="truncate text-sm" title={file.name}>
          {file.name}
        </p>
        <p
          className={`text-xs leading-4 tabular-nums ${state === 'error' ? 'text-danger' : 'text-muted-foreground'}`}
        >
          {detail(item)}
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
      ) : mayRetry ? (
        <Action icon={RotateCw} verb="Retry" name={file.name} run={() => uploader.retry(key)} />
      ) : null}
      {holdable.has(state) || state === 'paused' || state === 'completing' ? (
        <Action icon={X} verb="Cancel" name={file.name} run={() => uploader.cancel(key)} />
      ) : null}
    </li>
  );
});

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
