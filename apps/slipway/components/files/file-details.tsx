'use client';

import { CopyButton } from '@repo/ui/copy-button';
import { Dialog, DialogBody, DialogContent } from '@repo/ui/dialog';
import { formatBytes, formatNumber } from '@repo/ui/format';
import { StatusChip } from '@repo/ui/status-chip';
import { DateTime } from '@repo/ui/time';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type FileRow, useTRPC } from '../../lib/trpc.ts';
import { FileHistory } from './file-history.tsx';

const scans: Readonly<Record<FileRow['scan'], string>> = {
  not_scanned: 'Not scanned',
  pending: 'Waiting for the scanner',
  clean: 'Clean, says the scanner',
  infected: 'Infected, says the scanner',
};

/** All that is known of a file, and how it came to be what it is. */
export function FileDetails({ file: listed, onClose }: { file: FileRow; onClose: () => void }) {
  const trpc = useTRPC();
  const fresh = useQuery(
    trpc.file.get.queryOptions(
      { fileId: listed.id },
      {
        initialData: listed,
        refetchInterval: ({ state }) => (state.data?.status === 'verifying' ? 2_000 : false),
      },
    ),
  );
  const file = fresh.data;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={<span className="break-all">{file.name}</span>}
        description={`${formatBytes(file.size)} · ${file.type}`}
        className="max-w-lg"
      >
        <DialogBody className="gap-6 pb-6">
          <Facts file={file} />
          <section aria-labelledby="history-title" className="flex flex-col gap-3">
            <h3 id="history-title" className="font-medium text-sm">
              History
            </h3>
            <FileHistory file={file} />
          </section>
        </DialogBody>
      </DialogContent>
    </Dialog>
  );
}

function Facts({ file }: { file: FileRow }) {
  const metadata = Object.entries(file.metadata);
  return (
    <dl className="flex flex-col divide-y rounded-md border text-sm">
      <Fact name="Status">
        <StatusChip status={file.status} />
      </Fact>
      <Fact name="Virus scan">{scans[file.scan]}</Fact>
      <Fact name="Bytes">
        <span className="tabular-nums">{formatNumber(file.size)}</span>
      </Fact>
      <Fact name="Uploaded">
        <DateTime value={file.createdAt} />
      </Fact>
      <CopyableFact name="Id" value={file.id} />
      <CopyableFact name="Key" value={file.key} />
      {file.customId === null ? null : <CopyableFact name="Custom id" value={file.customId} />}
      {file.sha256 === null ? null : <CopyableFact name="SHA-256" value={file.sha256} />}
      {file.checksum === null ? null : <CopyableFact name="Checksum" value={file.checksum} />}
      {metadata.map(([name, value]) => (
        <CopyableFact key={name} name={name} value={String(value)} />
      ))}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-h-9 items-center gap-3 px-3 py-1">
      <dt className="w-24 shrink-0 text-muted-foreground">{name}</dt>
      <dd className="flex min-w-0 flex-1 items-center justify-between gap-2">{children}</dd>
    </div>
  );
}

function CopyableFact({ name, value }: { name: string; value: string }) {
  return (
    <Fact name={name}>
      <code className="truncate font-mono text-xs" title={value}>
        {value}
      </code>
      <CopyButton value={value} label={`Copy ${name}`} className="text-muted-foreground" />
    </Fact>
  );
}
