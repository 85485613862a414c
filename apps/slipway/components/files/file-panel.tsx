'use client';

import { Button } from '@repo/ui/button';
import { CopyButton } from '@repo/ui/copy-button';
import { Dialog, DialogBody, DialogContent } from '@repo/ui/dialog';
import { ErrorState } from '@repo/ui/error-state';
import { formatBytes, formatNumber } from '@repo/ui/format';
import { StatusChip } from '@repo/ui/status-chip';
import { DateTime } from '@repo/ui/time';
import { useQuery } from '@tanstack/react-query';
import { Download, Link2 } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { describeError, type FileRow, useTRPC, useTRPCClient } from '../../lib/trpc.ts';
import { FileHistory } from './file-history.tsx';
import { copyUrl, download } from './file-links.ts';
import { FilePreview } from './file-preview.tsx';
import { FileVersions } from './file-versions.tsx';
import { TestMark } from './test-mark.tsx';
import type { FileDeeds } from './use-file-deeds.ts';

const scans: Readonly<Record<FileRow['scan'], string>> = {
  not_scanned: 'Not scanned',
  pending: 'Waiting for the scanner',
  clean: 'Clean, says the scanner',
  infected: 'Infected, says the scanner',
};

/** All that is known of a file, what is in it, and how it came to be what it is. */
export function FilePanel({ id, listed, deeds, onStep, onClose }: PanelProps) {
  const trpc = useTRPC();
  const fresh = useQuery(
    trpc.file.get.queryOptions(
      { fileId: id },
      {
        ...(listed && { placeholderData: listed }),
        refetchInterval: ({ state }) => (state.data?.status === 'verifying' ? 2_000 : false),
      },
    ),
  );
  const file = fresh.data;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={<span className="break-all">{file?.name ?? 'File'}</span>}
        description={file ? `${formatBytes(file.size)} · ${file.type}` : undefined}
        className="inset-y-0 right-0 left-auto max-h-none w-full max-w-lg translate-x-0 translate-y-0 rounded-none border-y-0 border-r-0"
        onKeyDown={(event) => stepBy(event, onStep)}
      >
        <DialogBody className="gap-6 pb-6">
          {file ? <Known file={file} deeds={deeds} onClose={onClose} /> : null}
          {fresh.isError && !file ? (
            <ErrorState
              title="This file could not be loaded"
              message={describeError(fresh.error).message}
              requestId={describeError(fresh.error).requestId}
              onRetry={() => void fresh.refetch()}
            />
          ) : null}
        </DialogBody>
      </DialogContent>
    </Dialog>
  );
}

type PanelProps = {
  id: string;
  listed: FileRow | undefined;
  deeds: FileDeeds;
  /** To the next file, or the one before. */
  onStep: (step: number) => void;
  onClose: () => void;
};

/** The keys of the list work while one of its files is looked at. */
function stepBy(event: KeyboardEvent, onStep: (step: number) => void) {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest('video, audio, section, [role=menu], input')) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'j' || event.key === 'ArrowDown') onStep(1);
  else if (event.key === 'k' || event.key === 'ArrowUp') onStep(-1);
  else return;
  event.preventDefault();
}

/** A look at the bytes and nothing else: Space opens it, Space closes it. */
export function FilePeek({ file, onStep, onClose }: PeekProps) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={<span className="break-all">{file.name}</span>}
        description={`${formatBytes(file.size)} · ${file.type}`}
        className="max-w-4xl"
        onOpenAutoFocus={(event) => {
          // Space on a focused button would press it; on the dialog it closes.
          event.preventDefault();
          if (event.target instanceof HTMLElement) event.target.focus();
        }}
        onKeyDown={(event) => {
          if (event.key === ' ' && event.target === event.currentTarget) {
            event.preventDefault();
            onClose();
          } else stepBy(event, onStep);
        }}
      >
        <DialogBody className="pb-5">
          <FilePreview file={file} tall />
        </DialogBody>
      </DialogContent>
    </Dialog>
  );
}

type PeekProps = { file: FileRow; onStep: (step: number) => void; onClose: () => void };

function Known({ file, deeds, onClose }: { file: FileRow; deeds: FileDeeds; onClose: () => void }) {
  return (
    <>
      <PanelActions file={file} deeds={deeds} onClose={onClose} />
      <FilePreview file={file} />
      <Facts file={file} />
      <FileVersions file={file} deeds={deeds} />
      <section aria-labelledby="history-title" className="flex flex-col gap-3">
        <h3 id="history-title" className="font-medium text-sm">
          History
        </h3>
        <FileHistory file={file} />
      </section>
    </>
  );
}

type ActionsProps = { file: FileRow; deeds: FileDeeds; onClose: () => void };

function PanelActions({ file, deeds, onClose }: ActionsProps) {
  const client = useTRPCClient();
  const there = file.status !== 'deleted';
  return (
    <div className="flex flex-wrap gap-2">
      {file.status === 'ready' ? (
        <>
          <Button size="sm" onClick={() => void copyUrl(client, file)}>
            <Link2 />
            {file.url ? 'Copy URL' : 'Copy signed URL'}
          </Button>
          <Button size="sm" onClick={() => void download(client, file)}>
            <Download />
            Download
          </Button>
        </>
      ) : null}
      {deeds.mayUpdate && there ? (
        <>
          <Button size="sm" onClick={() => deeds.ask('rename', [file])}>
            Rename
          </Button>
          <Button size="sm" onClick={() => deeds.ask('tag', [file])}>
            Tags
          </Button>
          <Button size="sm" onClick={() => deeds.ask('move', [file])}>
            Move
          </Button>
        </>
      ) : null}
      {deeds.mayDelete && there ? (
        <Button
          size="sm"
          variant="danger-quiet"
          onClick={() => {
            onClose();
            deeds.remove([file]);
          }}
        >
          Delete
        </Button>
      ) : null}
      {deeds.mayDelete && !there && file.restorableUntil ? (
        <Button size="sm" onClick={() => deeds.restore([file])}>
          Restore
        </Button>
      ) : null}
    </div>
  );
}

function Facts({ file }: { file: FileRow }) {
  const metadata = Object.entries(file.metadata);
  return (
    <dl className="flex flex-col divide-y rounded-md border text-sm">
      <Fact name="Status">
        <span className="flex items-center gap-2">
          <StatusChip status={file.status} />
          <TestMark row={file} />
        </span>
      </Fact>
      <Fact name="Virus scan">{scans[file.scan]}</Fact>
      <Fact name="Bytes">
        <span className="tabular-nums">{formatNumber(file.size)}</span>
      </Fact>
      <Fact name="Uploaded">
        <DateTime value={file.createdAt} />
      </Fact>
      <Fact name="Folder">{file.folder === '' ? 'None' : file.folder}</Fact>
      <Fact name="Tags">{file.tags.length === 0 ? 'None' : file.tags.join(', ')}</Fact>
      <Fact name="Access">{file.visibility === 'public' ? 'Public' : 'By signed URL'}</Fact>
      {file.route === null ? null : <Fact name="Route">{file.route}</Fact>}
      {file.uploader === null ? null : <Fact name="Uploader">{file.uploader}</Fact>}
      {file.expiresAt === null ? null : (
        <Fact name="Deleted on">
          <DateTime value={file.expiresAt} />
        </Fact>
      )}
      {file.restorableUntil === null ? null : (
        <Fact name="Restorable until">
          <DateTime value={file.restorableUntil} />
        </Fact>
      )}
      <CopyableFact name="Id" value={file.id} />
      <CopyableFact name="Key" value={file.key} />
      {file.customId === null ? null : <CopyableFact name="Custom id" value={file.customId} />}
      {file.latestUrl === null ? null : <CopyableFact name="Newest" value={file.latestUrl} />}
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
