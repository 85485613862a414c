'use client';

import { Button } from '@repo/ui/button';
import { formatBytes, formatDuration } from '@repo/ui/format';
import { Progress } from '@repo/ui/progress';
import { ChevronDown, ChevronUp, X } from 'lucide-react';
import Link from 'next/link';
import { useCallback, useState } from 'react';
import { counted } from '../../lib/listing-status.ts';
import type { PhotoUploader, PhotoUploads } from '../../lib/upload/upload-desk.ts';
import { useRate } from '../../lib/upload/use-rate.ts';
import { useUploadSnapshot } from '../../lib/upload/use-upload-snapshot.ts';
import { UploadRow } from './upload-row.tsx';

const over = new Set(['done', 'error', 'cancelled']);

const ranks = {
  error: 0,
  uploading: 1,
  completing: 1,
  requesting: 1,
  paused: 2,
  queued: 2,
  cancelled: 3,
  done: 4,
};

/** What needs a person first, then what moves; what is over last. */
function byUrgency(items: PhotoUploads['items']): PhotoUploads['items'] {
  return items.toSorted((a, b) => ranks[a.state] - ranks[b.state]);
}

function headline({ items, done, failed, active }: PhotoUploads): string {
  const wanted = items.filter(({ state }) => state !== 'cancelled').length;
  const paused = items.filter(({ state }) => state === 'paused').length;
  if (paused > 0 && paused === wanted - done - failed) return `${counted(paused, 'photo')} paused`;
  if (active) return `Uploading ${Math.min(done + 1, wanted)} of ${counted(wanted, 'photo')}`;
  if (failed > 0) return `${counted(done, 'photo')} uploaded, ${failed} not`;
  return done > 0 ? `${counted(done, 'photo')} uploaded` : 'Uploads cancelled';
}

function totals({ loaded, size, active }: PhotoUploads, rate: number): string {
  if (!active) return formatBytes(loaded);
  const speed = rate > 0 ? ` · ${formatBytes(rate)}/s` : '';
  const left = rate > 0 && size > loaded ? ` · ${formatDuration((size - loaded) / rate)} left` : '';
  return `${formatBytes(loaded)} of ${formatBytes(size)}${speed}${left}`;
}

type Props = {
  uploader: PhotoUploader;
  /** The listing these photos go to, when another page is open. */
  elsewhere?: string;
};

/** What is on its way, at the lower right: progress, cancel, retry, and why a photo was not taken. */
export function UploadTray({ uploader, elsewhere }: Props) {
  const snapshot = useUploadSnapshot(uploader);
  const { items, active, failed, progress } = snapshot;
  const [wish, setOpen] = useState<boolean>();
  // Nothing to look at any more once all has gone well.
  const open = wish ?? (active || failed > 0);
  const rate = useRate(
    useCallback(() => uploader.getSnapshot().loaded, [uploader]),
    active,
  );
  const title = headline(snapshot);
  const settled = items.length > 0 && !active ? title : '';
  return (
    <>
      <p aria-live="polite" className="sr-only">
        {active ? `Uploading ${counted(items.length, 'photo')}` : settled}
      </p>
      {items.length === 0 ? null : (
        <section
          aria-label="Uploads"
          className="animate-rise-in overflow-hidden rounded-lg border bg-popover shadow-dialog"
        >
          <div className="flex min-h-12 items-center gap-1 py-1.5 pr-2 pl-4">
            <div className="min-w-0 flex-1">
              <h2 className="truncate font-medium text-sm tabular-nums">{title}</h2>
              <p className="truncate text-muted-foreground text-xs tabular-nums">
                {totals(snapshot, rate)}
                {elsewhere ? (
                  <>
                    {' · '}
                    <Link href={`/listings/${elsewhere}`} className="text-link underline">
                      Open the listing
                    </Link>
                  </>
                ) : null}
              </p>
            </div>
            {failed > 1 ? (
              <Button size="sm" variant="ghost" onClick={() => uploader.retry()}>
                Retry {failed}
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
              aria-label={active ? 'Cancel all uploads' : 'Close uploads'}
              title={active ? 'Cancel all uploads' : 'Close'}
              onClick={() => (active ? uploader.cancel() : clear(uploader))}
            >
              <X />
            </Button>
          </div>
          {active ? (
            <Progress value={progress * 100} label="All uploads" className="rounded-none" />
          ) : null}
          {open ? (
            <ul className="max-h-64 divide-y overflow-y-auto border-t">
              {byUrgency(items).map((item) => (
                <UploadRow key={item.key} item={item} uploader={uploader} />
              ))}
            </ul>
          ) : null}
        </section>
      )}
    </>
  );
}

function clear(uploader: PhotoUploader): void {
  for (const { key, state } of uploader.getSnapshot().items) {
    if (over.has(state)) uploader.remove(key);
  }
}
