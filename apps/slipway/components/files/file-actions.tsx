'use client';

import { Button } from '@repo/ui/button';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@repo/ui/dropdown-menu';
import { Copy, Download, Folder, Info, Link2, Pencil, RotateCcw, Tag, Trash2 } from 'lucide-react';
import { type FileRow, useTRPCClient } from '../../lib/trpc.ts';
import { copy, copyUrl, download } from './file-links.ts';
import type { FileDeeds } from './use-file-deeds.ts';

/** All that a person may do with one file. */
export function FileActions({ row, deeds }: { row: FileRow; deeds: FileDeeds }) {
  const client = useTRPCClient();
  const ready = row.status === 'ready';
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button
          variant="ghost"
          size="icon"
          tabIndex={-1}
          aria-label={`Actions for ${row.name}`}
          className="text-muted-foreground"
        >
          ⋯
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem onSelect={() => deeds.open(row)}>
          <Info />
          Details and history
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => void copy(row.id, { title: 'File id copied' })}>
          <Copy />
          Copy id
        </DropdownMenuItem>
        <DropdownMenuItem disabled={!ready} onSelect={() => void copyUrl(client, row)}>
          <Link2 />
          {row.url ? 'Copy URL' : 'Copy signed URL'}
        </DropdownMenuItem>
        <DropdownMenuItem disabled={!ready} onSelect={() => void download(client, row)}>
          <Download />
          Download
        </DropdownMenuItem>
        <ChangeItems row={row} deeds={deeds} />
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

function ChangeItems({ row, deeds }: { row: FileRow; deeds: FileDeeds }) {
  const deleted = row.status === 'deleted';
  const restorable = deleted && row.restorableUntil !== null;
  if (!deeds.mayUpdate && !deeds.mayDelete) return null;
  return (
    <>
      <DropdownMenuSeparator />
      {deeds.mayUpdate && !deleted ? (
        <>
          <DropdownMenuItem onSelect={() => deeds.ask('rename', [row])}>
            <Pencil />
            Rename
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => deeds.ask('tag', [row])}>
            <Tag />
            Tags
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => deeds.ask('move', [row])}>
            <Folder />
            Move to folder
          </DropdownMenuItem>
        </>
      ) : null}
      {deeds.mayDelete && restorable ? (
        <>
          <DropdownMenuItem onSelect={() => deeds.restore([row])}>
            <RotateCcw />
            Restore
          </DropdownMenuItem>
          <DropdownMenuItem tone="danger" onSelect={() => deeds.ask('purge', [row])}>
            <Trash2 />
            Delete for good
          </DropdownMenuItem>
        </>
      ) : null}
      {deeds.mayDelete && !deleted ? (
        <DropdownMenuItem tone="danger" onSelect={() => deeds.remove([row])}>
          <Trash2 />
          Delete
        </DropdownMenuItem>
      ) : null}
    </>
  );
}
