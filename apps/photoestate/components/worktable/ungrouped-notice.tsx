'use client';

import { Button } from '@repo/ui/button';
import { Info } from '@repo/ui/icons';
import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { counted } from '../../lib/listing-status.ts';
import { ungroupedCount } from '../../lib/scene-edits.ts';
import type { Scene } from '../../lib/trpc.ts';

type Props = { listingId: string; scenes: readonly Scene[] };

/** Says why frames stayed alone, until it has been read; more of them say it again. */
export function UngroupedNotice({ listingId, scenes }: Props) {
  const key = `photoestate.ungrouped.${listingId}`;
  const [read, setRead] = useState(Number.POSITIVE_INFINITY);
  useEffect(() => setRead(Number(localStorage.getItem(key) ?? 0)), [key]);
  const count = ungroupedCount(scenes);
  if (count <= read) return null;
  const dismiss = () => {
    localStorage.setItem(key, String(count));
    setRead(count);
  };
  const they = count === 1 ? 'it carries' : 'they carry';
  return (
    <div
      role="status"
      className="mt-6 flex items-center gap-2.5 rounded-md border bg-card py-1.5 pr-1.5 pl-3.5 text-sm"
    >
      <Info aria-hidden="true" className="size-4 shrink-0 text-muted-foreground" />
      <p className="min-w-0 flex-1">
        {counted(count, 'photo')} could not be grouped: {they} no exposure data. Merge scenes by
        hand.
      </p>
      <Button size="icon-sm" variant="ghost" aria-label="Dismiss" title="Dismiss" onClick={dismiss}>
        <X />
      </Button>
    </div>
  );
}
