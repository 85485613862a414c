'use client';

import { Button } from '@repo/ui/button';
import { Folder, RotateCcw, Tag, Trash2, X } from 'lucide-react';
import type { FileRow } from '../../lib/trpc.ts';
import type { FileDeeds } from './use-file-deeds.ts';

type BulkBarProps = {
  chosen: readonly FileRow[];
  trash: boolean;
  deeds: FileDeeds;
  onClear: () => void;
};

/** What can be done with all chosen files at once. In the place of the number of files, so that nothing moves. */
export function BulkBar({ chosen, trash, deeds, onClear }: BulkBarProps) {
  return (
    <section
      aria-label="Chosen files"
      className="flex min-h-8 flex-wrap items-center gap-2 text-sm"
    >
      <p aria-live="polite" className="mr-1 font-medium tabular-nums">
        {chosen.length} chosen
      </p>
      {deeds.mayUpdate && !trash ? (
        <>
          <Button size="sm" onClick={() => deeds.ask('tag', chosen)}>
            <Tag />
            Tag
          </Button>
          <Button size="sm" onClick={() => deeds.ask('move', chosen)}>
            <Folder />
            Move
          </Button>
        </>
      ) : null}
      {deeds.mayDelete && trash ? (
        <>
          <Button size="sm" onClick={() => deeds.restore(chosen)}>
            <RotateCcw />
            Restore
          </Button>
          <Button size="sm" variant="danger-quiet" onClick={() => deeds.ask('purge', chosen)}>
            <Trash2 />
            Delete for good
          </Button>
        </>
      ) : null}
      {deeds.mayDelete && !trash ? (
        <Button size="sm" variant="danger-quiet" onClick={() => deeds.remove(chosen)}>
          <Trash2 />
          Delete
        </Button>
      ) : null}
      <Button size="sm" variant="ghost" onClick={onClear}>
        <X />
        Clear
      </Button>
    </section>
  );
}
