'use client';

import { Button } from '@repo/ui/button';
import { formatBytes } from '@repo/ui/format';
import { Spinner } from '@repo/ui/spinner';
import { CircleAlert, Trash2 } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { counted } from '../../lib/listing-status.ts';
import type { Photo } from '../../lib/trpc.ts';
import { useTable } from './table-context.tsx';

/** Longer than reading one photo takes: what is still there then may be hopeless. */
const slowAfter = 60_000;

/** Uploaded, not looked at yet. Those that take long can be removed. */
export function ArrivingPhotos({ photos }: { photos: readonly Photo[] }) {
  const arriving = photos.filter(({ status }) => status === 'uploaded');
  return (
    <>
      {/* Says that it begins, not each of hundreds. */}
      <p aria-live="polite" className="sr-only">
        {arriving.length > 0 ? 'Reading photos' : ''}
      </p>
      {arriving.length > 0 ? (
        <p className="mt-6 flex items-center gap-2.5 rounded-md border bg-card px-3.5 py-2.5 text-muted-foreground text-sm">
          <Spinner />
          Reading {counted(arriving.length, 'photo')}: exposure, time, and what belongs together
        </p>
      ) : null}
      <SlowPhotos photos={arriving} />
    </>
  );
}

function SlowPhotos({ photos }: { photos: readonly Photo[] }) {
  const { deletePhoto } = useTable();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), slowAfter / 4);
    return () => clearInterval(timer);
  }, []);
  const slow = photos.filter(({ createdAt }) => now - createdAt.getTime() > slowAfter);
  const { shown, more } = useFirst(slow);
  if (slow.length === 0) return null;
  return (
    <>
      <ul aria-label="Photos still being read" className="mt-2 divide-y rounded-lg border bg-card">
        {shown.map((photo) => (
          <li key={photo.id} className="flex items-center gap-3 py-1 pe-2 ps-3.5 text-sm">
            <p className="min-w-0 flex-1 truncate">{photo.name}</p>
            <RemoveButton photo={photo} onRemove={deletePhoto} />
          </li>
        ))}
      </ul>
      {more}
    </>
  );
}

/** A whole card that waits would be a page of its own. */
const FIRST = 8;

/** The first of them, and a button for the others. */
function useFirst(photos: readonly Photo[]): { shown: readonly Photo[]; more: ReactNode } {
  const [all, setAll] = useState(false);
  if (all || photos.length <= FIRST) return { shown: photos, more: null };
  const more = (
    <Button size="sm" variant="ghost" className="mt-2" onClick={() => setAll(true)}>
      Show all {photos.length}
    </Button>
  );
  return { shown: photos.slice(0, FIRST), more };
}

type RemoveProps = { photo: Photo; onRemove: (photo: Photo) => void };

function RemoveButton({ photo, onRemove }: RemoveProps) {
  return (
    <Button
      size="icon-sm"
      variant="ghost"
      aria-label={`Remove ${photo.name}`}
      title="Remove"
      onClick={() => onRemove(photo)}
    >
      <Trash2 />
    </Button>
  );
}

/** Kept with the reason, so that nobody wonders where a file went. */
export function RefusedPhotos({ photos }: { photos: readonly Photo[] }) {
  const { deletePhoto } = useTable();
  const refused = photos.filter(({ status }) => status === 'refused');
  const { shown, more } = useFirst(refused);
  if (refused.length === 0) return null;
  return (
    <section aria-labelledby="refused" className="mt-8">
      <h2 id="refused" className="font-semibold text-base">
        Not usable
        <span className="ms-2 font-normal text-muted-foreground tabular-nums">
          {refused.length}
        </span>
      </h2>
      <ul className="mt-3 divide-y rounded-lg border bg-card">
        {shown.map((photo) => (
          <li key={photo.id} className="flex items-center gap-3 py-2 pe-2 ps-3.5">
            <CircleAlert aria-hidden="true" className="size-4 shrink-0 text-danger" />
            <div className="min-w-0 flex-1 text-sm sm:flex sm:items-baseline sm:gap-4">
              <p className="shrink-0 truncate font-medium sm:w-52">{photo.name}</p>
              <p className="min-w-0 flex-1 text-muted-foreground [overflow-wrap:anywhere]">
                {photo.refusal?.reason ?? 'This file cannot be used.'}
              </p>
              <p className="shrink-0 text-muted-foreground text-xs tabular-nums">
                {formatBytes(photo.size)}
              </p>
            </div>
            <RemoveButton photo={photo} onRemove={deletePhoto} />
          </li>
        ))}
      </ul>
      {more}
    </section>
  );
}
