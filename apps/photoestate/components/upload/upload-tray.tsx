'use client';

import { Button } from '@repo/ui/button';
import { DuplicatesDialog } from '@repo/ui/duplicates-dialog';
import { formatBytes, formatDuration } from '@repo/ui/format';
import { Progress } from '@repo/ui/progress';
import { ChevronDown, ChevronUp, Pause, Play, X } from 'lucide-react';
import Link from 'next/link';
import { useCallback, useState } from 'react';
import { counted } from '../../lib/listing-status.ts';
import { countPairs } from '../../lib/upload/refusals.ts';
import type { OpenUploads, PhotoUploader, PhotoUploads } from '../../lib/upload/upload-desk.ts';
import { useRate } from '../../lib/upload/use-rate.ts';
import { useIntake, useUploadSnapshot } from '../../lib/upload/use-upload-snapshot.ts';
import { IntakeNotices } from './intake-notices.tsx';
import { holdable, UploadRow } from './upload-row.tsx';

const over = new Set(['done', 'error', 'cancelled']);

/** Those that move and those that failed are among them; hundreds that wait all look the same. */
const mostRows = 40;

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
  if (items.length === 0) return 'Uploads';
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
  open: OpenUploads;
  /** Whether another page than that of the listing is open. */
  isElsewhere: boolean;
  /** Whether people came to this page for something else than photos that arrive. */
  isAside: boolean;
  onFiles: (files: File[]) => void;
  onRefusalsSeen: () => void;
};

/** What is on its way, at the lower right: progress, cancel, retry, and why a photo was not taken. */
export function UploadTray(props: Props) {
  const { open: uploads, isElsewhere, isAside, onFiles, onRefusalsSeen } = props;
  const { listingId, uploader, intake, refused } = uploads;
  const snapshot = useUploadSnapshot(uploader);
  const { looking, duplicates, locked, missing } = useIntake(intake);
  const { items, active, failed, progress } = snapshot;
  const [wish, setOpen] = useState<boolean>();
  // Nothing to look at any more once all has gone well.
  const open = wish ?? (!isAside && (active || failed > 0));
  const title = headline(snapshot);
  const settled = items.length > 0 && !active ? title : '';
  const pairs = countPairs(items.map(({ file }) => file));
  const isEmpty = [items, locked, missing, refused].every(({ length }) => length === 0);
  return (
    <>
      <p aria-live="polite" className="sr-only">
        {active ? `Uploading ${counted(items.length, 'photo')}` : settled}
      </p>
      <DuplicatesDialog
        duplicates={looking > 0 ? [] : duplicates}
        place="this listing"
        noun="photo"
        onAnswer={(how, about) => intake.answer(how, about)}
      />
      {isEmpty && looking === 0 ? null : (
        <section
          aria-label="Uploads"
          className="animate-rise-in overflow-hidden rounded-lg border bg-popover shadow-dialog"
        >
          <div className="flex min-h-12 items-center gap-1 py-1.5 pr-2 pl-4">
            <div className="min-w-0 flex-1">
              <h2 className="truncate font-medium text-sm tabular-nums">{title}</h2>
              <p className="truncate text-muted-foreground text-xs tabular-nums">
                <Totals uploader={uploader} snapshot={snapshot} />
                {pairs > 0 ? ` · ${counted(pairs, 'RAW + JPEG pair')}` : ''}
                {isElsewhere ? (
                  <>
                    {' · '}
                    <Link href={`/listings/${listingId}`} className="text-link underline">
                      Open the listing
                    </Link>
                  </>
                ) : null}
              </p>
            </div>
            <Controls uploader={uploader} snapshot={snapshot} open={open} onOpen={setOpen} />
          </div>
          {active ? (
            <Progress value={progress * 100} label="All uploads" className="rounded-none" />
          ) : null}
          <IntakeNotices open={uploads} onFiles={onFiles} onRefusalsSeen={onRefusalsSeen} />
          {open && items.length > 0 ? (
            <ul className="max-h-64 divide-y overflow-y-auto border-t">
              {byUrgency(items)
                .slice(0, mostRows)
                .map((item) => (
                  <UploadRow key={item.key} item={item} uploader={uploader} />
                ))}
              {items.length > mostRows ? (
                <li className="px-4 py-2 text-muted-foreground text-xs">
                  and {counted(items.length - mostRows, 'more photo')}
                </li>
              ) : null}
            </ul>
          ) : null}
        </section>
      )}
    </>
  );
}

type PartProps = { uploader: PhotoUploader; snapshot: PhotoUploads };

function Totals({ uploader, snapshot }: PartProps) {
  const rate = useRate(
    useCallback(() => uploader.getSnapshot().loaded, [uploader]),
    snapshot.active,
  );
  return <>{snapshot.items.length === 0 ? 'Nothing on its way' : totals(snapshot, rate)}</>;
}

type ControlProps = PartProps & { open: boolean; onOpen: (open: boolean) => void };

function Controls({ uploader, snapshot, open, onOpen }: ControlProps) {
  const { items, active, failed } = snapshot;
  const moving = items.some(({ state }) => holdable.has(state));
  const paused = items.some(({ state }) => state === 'paused');
  if (items.length === 0) return null;
  return (
    <>
      {failed > 1 ? (
        <Button size="sm" variant="ghost" onClick={() => uploader.retry()}>
          Retry {failed}
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
        onClick={() => (active ? uploader.cancel() : clear(uploader))}
      >
        <X />
      </Button>
    </>
  );
}

function clear(uploader: PhotoUploader): void {
  for (const { key, state } of uploader.getSnapshot().items) {
    if (over.has(state)) uploader.remove(key);
  }
}
