'use client';

import { Badge } from '@repo/ui/badge';
import { Select } from '@repo/ui/select';
import { TableCell, TableHeaderCell, TableRow } from '@repo/ui/table';
import { RelativeTime } from '@repo/ui/time';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type CallbackEntry, useTRPC } from '../../lib/trpc.ts';
import { LogSection } from '../panel/log-section.tsx';
import { CallbackDialog } from './callback-dialog.tsx';
import { CALLBACK_STATES } from './callback-words.ts';

type State = CallbackEntry['state'];

/** Which servers were told that an upload is ready (`onComplete`), and what they answered. */
export function Callbacks({ projectId }: { projectId: string }) {
  const trpc = useTRPC();
  const [state, setState] = useState<State | ''>('');
  const [openId, setOpenId] = useState<string>();
  const pages = useInfiniteQuery(
    trpc.callback.list.infiniteQueryOptions(
      { projectId, ...(state && { state }) },
      { getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined, refetchInterval: 5_000 },
    ),
  );
  return (
    <>
      <LogSection
        title="Completion callbacks"
        description="Your handler’s onComplete: told of each upload until it answers, and its first answer is kept."
        what="The callbacks"
        filters={
          <Select
            aria-label="State"
            className="w-44"
            value={state}
            onChange={(event) => setState(event.target.value as State | '')}
          >
            <option value="">All states</option>
            {Object.entries(CALLBACK_STATES).map(([value, { label }]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        }
        pages={pages}
        rows={pages.data?.pages.flatMap(({ data }) => data)}
        head={
          <>
            <TableHeaderCell>File</TableHeaderCell>
            <TableHeaderCell>State</TableHeaderCell>
            <TableHeaderCell className="hidden md:table-cell">Server</TableHeaderCell>
            <TableHeaderCell numeric>Tries</TableHeaderCell>
            <TableHeaderCell numeric className="hidden sm:table-cell">
              Announced
            </TableHeaderCell>
          </>
        }
        row={(row) => <CallbackRow key={row.fileId} row={row} onOpen={setOpenId} />}
        nothing={
          state === ''
            ? {
                title: 'No callbacks yet',
                description:
                  'They appear when an upload is made with a callback address: by an SDK handler that has callbackUrl, or by an UploadThing app.',
              }
            : { title: 'Nothing matches', description: 'No callback is in this state.' }
        }
      />
      {openId ? (
        <CallbackDialog
          projectId={projectId}
          fileId={openId}
          onClose={() => setOpenId(undefined)}
        />
      ) : null}
    </>
  );
}

function CallbackRow({ row, onOpen }: { row: CallbackEntry; onOpen: (fileId: string) => void }) {
  const { label, tone } = CALLBACK_STATES[row.state];
  return (
    <TableRow className="relative">
      <TableCell className="w-full max-w-0">
        <button
          type="button"
          onClick={() => onOpen(row.fileId)}
          className="block max-w-full truncate text-left font-medium after:absolute after:inset-0"
        >
          {row.fileName}
          <span className="sr-only">, callback of {row.fileId}</span>
        </button>
        <span className="block truncate text-muted-foreground text-xs">
          {row.route ?? 'No route'}
          {row.hook === 'error' ? ' · onUploadError' : ''}
        </span>
      </TableCell>
      <TableCell className="whitespace-nowrap">
        <Badge tone={tone}>{label}</Badge>
      </TableCell>
      <TableCell className="hidden max-w-64 truncate font-mono text-muted-foreground text-xs md:table-cell">
        {row.url ?? 'UploadThing route'}
      </TableCell>
      <TableCell numeric>{row.attempts}</TableCell>
      <TableCell numeric className="hidden whitespace-nowrap text-muted-foreground sm:table-cell">
        <RelativeTime value={row.createdAt} />
      </TableCell>
    </TableRow>
  );
}
