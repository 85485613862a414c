'use client';

import { Button } from '@repo/ui/button';
import { Info } from '@repo/ui/icons';
import { X } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { counted } from '../../lib/listing-status.ts';
import { maxFrames, sceneName, splitScenes, ungroupedCount } from '../../lib/scene-edits.ts';
import type { Scene } from '../../lib/trpc.ts';

type Props = { listingId: string; scenes: readonly Scene[] };

/** Says why frames stayed alone. */
export function UngroupedNotice({ listingId, scenes }: Props) {
  const count = ungroupedCount(scenes);
  const they = count === 1 ? 'it carries' : 'they carry';
  return (
    <GroupingNotice keptAs={`photoestate.ungrouped.${listingId}`} count={count}>
      {counted(count, 'photo')} could not be grouped: {they} no exposure data. Merge scenes by hand.
    </GroupingNotice>
  );
}

/** So many scenes are named one by one. */
const named = 4;

/** Says why one view lies in several scenes. */
export function SplitNotice({ listingId, scenes }: Props) {
  const split = splitScenes(scenes);
  const which =
    split.length > named
      ? `${split.length} scenes`
      : new Intl.ListFormat('en', { type: 'conjunction' }).format(split.map(sceneName));
  return (
    <GroupingNotice keptAs={`photoestate.split.${listingId}`} count={split.length}>
      {which} {split.length === 1 ? 'is' : 'are'} of a view with more than {maxFrames} exposures,
      the most that one scene holds. Put those that you want into one scene, and delete the rest.
    </GroupingNotice>
  );
}

type NoticeProps = {
  /** Where it is remembered that it was read. */
  keptAs: string;
  /** What it tells of; more of it says it again. */
  count: number;
  children: ReactNode;
};

/** Stays until it has been read. */
function GroupingNotice({ keptAs, count, children }: NoticeProps) {
  const [read, setRead] = useState(Number.POSITIVE_INFINITY);
  useEffect(() => setRead(Number(localStorage.getItem(keptAs) ?? 0)), [keptAs]);
  if (count <= read) return null;
  const dismiss = () => {
    localStorage.setItem(keptAs, String(count));
    setRead(count);
  };
  return (
    <div
      role="status"
      className="mt-6 flex items-center gap-2.5 rounded-md border bg-card py-1.5 pe-1.5 ps-3.5 text-sm"
    >
      <Info aria-hidden="true" className="size-4 shrink-0 text-muted-foreground" />
      <p className="min-w-0 flex-1">{children}</p>
      <Button size="icon-sm" variant="ghost" aria-label="Dismiss" title="Dismiss" onClick={dismiss}>
        <X />
      </Button>
    </div>
  );
}
