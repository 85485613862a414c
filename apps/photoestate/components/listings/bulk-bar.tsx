'use client';

import { Button } from '@repo/ui/button';
import { Archive, RotateCcw, X } from 'lucide-react';

type Props = { count: number; archived: boolean; onArchive: () => void; onClear: () => void };

/** What can be done with all selected listings at once: above the page, so that nothing moves. */
export function BulkBar({ count, archived, onArchive, onClear }: Props) {
  return (
    <section
      aria-label="Selected listings"
      className="fixed bottom-4 left-1/2 z-30 flex -translate-x-1/2 max-xl:bottom-[max(1rem,var(--tray,0px))] animate-rise-in items-center gap-2 rounded-lg border bg-popover p-2 ps-4 text-sm shadow-dialog"
    >
      <p aria-live="polite" className="me-2 whitespace-nowrap font-medium tabular-nums">
        {count} selected
      </p>
      <Button onClick={onArchive}>
        {archived ? <RotateCcw /> : <Archive />}
        {archived ? 'Restore' : 'Archive'}
      </Button>
      <Button variant="ghost" size="icon" aria-label="Select none" title="Esc" onClick={onClear}>
        <X />
      </Button>
    </section>
  );
}
