'use client';

import { Button, buttonVariants } from '@repo/ui/button';
import { Kbd } from '@repo/ui/kbd';
import { Check, Columns2, SlidersHorizontal, TriangleAlert, X } from 'lucide-react';
import Link from 'next/link';
import { shownPart } from '../../lib/report.ts';
import type { ReviewItem } from '../../lib/trpc.ts';
import { Stage } from '../compare/stage.tsx';
import { usePresetLabel } from '../enhance/use-presets.ts';
import { nameOf } from './name-of.ts';

type Props = {
  item: ReviewItem;
  onAccept: () => void;
  onAdjust: () => void;
  onReject: () => void;
};

/** The photo beside its original, why it is here, and what can be decided. */
export function ReviewDesk({ item, onAccept, onAdjust, onReject }: Props) {
  const { version, listing, scene, original, adjusting, decidable } = item;
  const labelOf = usePresetLabel();
  const name = nameOf(item);
  const size = { width: version.width ?? 3, height: version.height ?? 2 };
  const before = original?.preview ?? original?.thumb ?? undefined;
  return (
    <div className="flex min-h-0 min-w-0 flex-col">
      <Stage
        name={`${name} of ${listing.address}`}
        left={before ? { label: 'Original', size, preview: before, full: before } : undefined}
        right={
          version.urls
            ? {
                label: 'Result',
                size,
                preview: version.urls.preview,
                full: version.urls.full,
                shows: shownPart(version),
              }
            : undefined
        }
      />
      <section aria-label="Decision" className="flex flex-col gap-3 border-t bg-card p-4">
        <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
          <div className="min-w-0 flex-1 basis-80">
            <h2 className="font-semibold text-base">
              {name}
              <span className="ms-2 font-normal text-muted-foreground text-sm">
                {version.lookName ?? labelOf(version.preset)}
              </span>
            </h2>
            <ul className="mt-1.5 flex flex-col gap-1.5 text-sm">
              {version.review?.reasons.map(({ code, message }) => (
                <li key={code} className="flex gap-2">
                  <TriangleAlert
                    aria-hidden="true"
                    className="mt-0.5 size-4 shrink-0 text-warning"
                  />
                  {message}
                </li>
              ))}
            </ul>
          </div>
          <Link
            href={`/listings/${listing.id}/scenes/${scene.id}`}
            className={buttonVariants({ variant: 'ghost' })}
          >
            <Columns2 />
            Open the scene
          </Link>
        </div>
        {adjusting ? (
          <p className="text-muted-foreground text-sm">
            Another version of it is on its way, and is looked at for itself.
          </p>
        ) : decidable ? (
          <div className="flex flex-wrap gap-2">
            <Button variant="primary" aria-keyshortcuts="a" onClick={onAccept}>
              <Check />
              Accept
              <Kbd className="max-sm:hidden">A</Kbd>
            </Button>
            <Button aria-keyshortcuts="e" onClick={onAdjust}>
              <SlidersHorizontal />
              Adjust
              <Kbd className="max-sm:hidden">E</Kbd>
            </Button>
            <Button variant="danger-quiet" aria-keyshortcuts="r" onClick={onReject}>
              <X />
              Reject
              <Kbd className="max-sm:hidden">R</Kbd>
            </Button>
          </div>
        ) : (
          <p className="text-muted-foreground text-sm">Somebody who may review decides about it.</p>
        )}
      </section>
    </div>
  );
}
