'use client';

import { Badge } from '@repo/ui/badge';
import { formatBytes } from '@repo/ui/format';
import { TableCell, TableHeaderCell, TableRow } from '@repo/ui/table';
import { RelativeTime } from '@repo/ui/time';
import Link from 'next/link';
import { errorCodes } from '../../lib/error-codes.ts';
import type { UploadLogEntry } from '../../lib/trpc.ts';
import { actorWords, OUTCOMES } from './log-words.ts';

/** Some ends are no answer of the API, and have no entry on its page. */
const EXPLAINED = new Set(errorCodes.map(({ code }) => code));

export function LogHead() {
  return (
    <>
      <TableHeaderCell>Upload</TableHeaderCell>
      <TableHeaderCell className="hidden md:table-cell">Outcome</TableHeaderCell>
      <TableHeaderCell className="hidden md:table-cell">Reason</TableHeaderCell>
      <TableHeaderCell className="hidden lg:table-cell">From</TableHeaderCell>
      <TableHeaderCell numeric>When</TableHeaderCell>
    </>
  );
}

type RowProps = { projectId: string; entry: UploadLogEntry };

export function LogRow({ projectId, entry }: RowProps) {
  const { name, size, type, route, uploader, by, at, fileId } = entry;
  const facts = [size === null ? null : formatBytes(size), type].filter((fact) => fact !== null);
  return (
    <TableRow className="align-top">
      <TableCell className="max-w-0 py-3 md:w-1/4">
        <span className="block truncate font-medium" title={name}>
          {fileId === null ? name : <FileLink projectId={projectId} fileId={fileId} name={name} />}
        </span>
        <span className="block truncate text-muted-foreground text-xs">{facts.join(' · ')}</span>
        <span className="mt-1.5 block md:hidden">
          <Outcome entry={entry} />
          <Reason entry={entry} />
        </span>
      </TableCell>
      <TableCell className="hidden w-px whitespace-nowrap py-3 md:table-cell">
        <Outcome entry={entry} />
      </TableCell>
      <TableCell className="hidden py-3 md:table-cell">
        <Reason entry={entry} />
      </TableCell>
      <TableCell className="hidden max-w-48 py-3 text-xs lg:table-cell">
        <span className="block truncate">{route ?? '–'}</span>
        <span className="block truncate text-muted-foreground">{uploader ?? actorWords(by)}</span>
      </TableCell>
      <TableCell numeric className="w-px whitespace-nowrap py-3 text-muted-foreground text-xs">
        <RelativeTime value={at} />
      </TableCell>
    </TableRow>
  );
}

function Outcome({ entry: { outcome, repeats } }: { entry: UploadLogEntry }) {
  const { label, tone } = OUTCOMES[outcome];
  return (
    <span className="flex items-center gap-2 md:flex-col md:items-start md:gap-1">
      <Badge tone={tone}>{label}</Badge>
      {repeats > 1 ? (
        <span className="text-muted-foreground text-xs tabular-nums">
          {repeats.toLocaleString('en')} times
        </span>
      ) : null}
    </span>
  );
}

function FileLink({
  projectId,
  fileId,
  name,
}: {
  projectId: string;
  fileId: string;
  name: string;
}) {
  const query = new URLSearchParams({ q: fileId });
  return (
    <Link
      className="hover:underline"
      href={`/projects/${encodeURIComponent(projectId)}?${query.toString()}`}
    >
      {name}
    </Link>
  );
}

function Reason({ entry: { code, message } }: { entry: UploadLogEntry }) {
  return (
    <>
      <span className="mt-1 block whitespace-normal text-sm [overflow-wrap:anywhere] md:mt-0">
        {message}
      </span>
      {EXPLAINED.has(code) ? (
        <a
          className="font-mono text-muted-foreground text-xs underline underline-offset-2"
          href={`/docs/errors#${code}`}
        >
          {code}
        </a>
      ) : (
        <code className="font-mono text-muted-foreground text-xs">{code}</code>
      )}
    </>
  );
}
