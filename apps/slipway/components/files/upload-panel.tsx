'use client';

import { Button } from '@repo/ui/button';
import { FileIcon } from '@repo/ui/file-icon';
import { formatBytes, formatDuration } from '@repo/ui/format';
import { Progress } from '@repo/ui/progress';
import { Spinner } from '@repo/ui/spinner';
import { ChevronDown, ChevronUp, CircleAlert, CircleCheck, RotateCw, X } from 'lucide-react';
import { useState, useSyncExternalStore } from 'react';
import { isMoving, type UploadItem, type UploadQueue } from '../../lib/uploads/queue.ts';
import type { Target } from '../../lib/uploads/send.ts';

type Queue = UploadQueue<Target>;

function headline(items: readonly UploadItem[]): string {
  const moving = items.filter(isMoving).length;
  const bad = items.filter((item) => item.state === 'failed' || item.state === 'refused').length;
  const ready = items.filter((item) => item.state === 'ready').length;
  if (moving > 0) return `Uploading ${moving} ${moving === 1 ? 'file' : 'files'}`;
  if (bad > 0) return `${ready} ready, ${bad} not uploaded`;
  if (ready > 0) return `${ready} ${ready === 1 ? 'file is' : 'files are'} ready`;
  return 'Uploads cancelled';
}

const order: readonly UploadItem['state'][] = [
  'failed',
  'refused',
  'uploading',
  'verifying',
  'waiting',
];

/** What needs a person first, then what moves, then what is over. */
function sorted(items: readonly UploadItem[]): UploadItem[] {
  const rank = ({ state }: UploadItem) =>
    order.includes(state) ? order.indexOf(state) : order.length;
  return items.toSorted((a, b) => rank(a) - rank(b));
}

/** The queue, at the lower right: progress, cancel, retry, and why a file was refused. */
export function UploadPanel({ queue }: { queue: Queue }) {
  const items = useSyncExternalStore(queue.subscribe, queue.snapshot, queue.snapshot);
  const [open, setOpen] = useState(true);
  if (items.length === 0) return <p aria-live="polite" className="sr-only" />;
  const title = headline(items);
  const busy = items.some(isMoving);
  const failed = items.filter((item) => item.state === 'failed').length;
  return (
    <section
      aria-label="Uploads"
      className="fixed inset-x-2 bottom-2 z-40 animate-rise-in overflow-hidden rounded-lg border bg-popover shadow-dialog sm:left-auto sm:right-4 sm:bottom-4 sm:w-96"
    >
      <p aria-live="polite" className="sr-only">
        {title}
      </p>
      <div className="flex h-11 items-center gap-1 border-b bg-muted pr-2 pl-4">
        <h2 className="flex-1 truncate font-medium text-sm tabular-nums">{title}</h2>
        {failed > 1 ? (
          <Button size="sm" variant="ghost" onClick={() => queue.retryFailed()}>
            Retry {failed} failed
          </Button>
        ) : null}
        <Button
          size="icon-sm"
          variant="ghost"
          aria-label={open ? 'Collapse uploads' : 'Expand uploads'}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? <ChevronDown /> : <ChevronUp />}
        </Button>
        <Button
          size="icon-sm"
          variant="ghost"
          aria-label={busy ? 'Cancel all uploads' : 'Close'}
          title={busy ? 'Cancel all uploads' : 'Close'}
          onClick={() => (busy ? queue.cancelAll() : queue.clear())}
        >
          <X />
        </Button>
      </div>
      {open ? (
        <ul className="max-h-72 divide-y overflow-y-auto">
          {sorted(items).map((item) => (
            <UploadRow key={item.key} item={item} queue={queue} />
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function detail(item: UploadItem): string {
  switch (item.state) {
    case 'waiting':
      return `Waiting · ${formatBytes(item.size)}`;
    case 'uploading': {
      const rate = item.speed > 0 ? ` · ${formatBytes(item.speed)}/s` : '';
      const left =
        item.speed > 0 ? ` · ${formatDuration((item.size - item.sent) / item.speed)} left` : '';
      return `${formatBytes(item.sent)} of ${formatBytes(item.size)}${rate}${left}`;
    }
    case 'verifying':
      return 'Verifying the stored bytes';
    case 'ready':
      return `Ready · ${formatBytes(item.size)}`;
    case 'cancelled':
      return 'Cancelled';
    case 'refused':
    case 'failed':
      return item.error ?? 'Not uploaded';
  }
}

function UploadRow({ item, queue }: { item: UploadItem; queue: Queue }) {
  const bad = item.state === 'failed' || item.state === 'refused';
  const percent = item.size === 0 ? 100 : (item.sent / item.size) * 100;
  return (
    <li className="flex items-start gap-3 py-2.5 pr-2 pl-4">
      <StateIcon item={item} />
      <div className="min-w-0 flex-1">
        <p className="truncate text-sm" title={item.name}>
          {item.name}
        </p>
        <p
          className={`text-xs leading-4 tabular-nums ${bad ? 'text-danger' : 'text-muted-foreground'}`}
        >
          {detail(item)}
        </p>
        {item.state === 'uploading' ? (
          <Progress value={percent} label={`Upload of ${item.name}`} className="mt-1.5" />
        ) : null}
      </div>
      {item.state === 'waiting' || item.state === 'uploading' ? (
        <Button
          size="icon-sm"
          variant="ghost"
          aria-label={`Cancel the upload of ${item.name}`}
          title="Cancel"
          onClick={() => queue.cancel(item.key)}
        >
          <X />
        </Button>
      ) : null}
      {item.state === 'failed' || item.state === 'cancelled' ? (
        <Button
          size="icon-sm"
          variant="ghost"
          aria-label={`Retry the upload of ${item.name}`}
          title="Retry"
          onClick={() => queue.retry(item.key)}
        >
          <RotateCw />
        </Button>
      ) : null}
    </li>
  );
}

function StateIcon({ item }: { item: UploadItem }) {
  const place = 'mt-0.5 size-4';
  if (item.state === 'ready')
    return <CircleCheck aria-hidden="true" className={`${place} shrink-0 text-success`} />;
  if (item.state === 'failed' || item.state === 'refused') {
    return <CircleAlert aria-hidden="true" className={`${place} shrink-0 text-danger`} />;
  }
  if (item.state === 'verifying')
    return <Spinner className={`${place} shrink-0 text-muted-foreground`} />;
  return <FileIcon type={item.type} className={place} />;
}
