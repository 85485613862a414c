'use client';

import { Badge } from '@repo/ui/badge';
import { Button } from '@repo/ui/button';
import { formatBytes } from '@repo/ui/format';
import { DateTime } from '@repo/ui/time';
import { useQuery } from '@tanstack/react-query';
import { describeError, type FileRow, useTRPC } from '../../lib/trpc.ts';
import type { FileDeeds } from './use-file-deeds.ts';

/** All versions of a file that there are; nothing of one that was never replaced. */
export function FileVersions({ file, deeds }: { file: FileRow; deeds: FileDeeds }) {
  const isVersioned = file.replaces !== null || file.replacedBy !== null;
  return isVersioned ? <Versions file={file} deeds={deeds} /> : null;
}

function Versions({ file, deeds }: { file: FileRow; deeds: FileDeeds }) {
  const trpc = useTRPC();
  const versions = useQuery(trpc.file.versions.queryOptions({ fileId: file.id }));
  const known = versions.data?.data ?? [file];
  return (
    <section aria-labelledby="versions-title" className="flex flex-col gap-3">
      <h3 id="versions-title" className="font-medium text-sm">
        Versions
      </h3>
      {versions.isError ? (
        <p role="alert" className="text-danger text-sm">
          {describeError(versions.error).message}
        </p>
      ) : null}
      <ol className="flex flex-col divide-y rounded-md border text-sm">
        {known.map((version) => (
          <li key={version.id} className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 p-3">
            <button
              type="button"
              onClick={() => deeds.open(version)}
              aria-current={version.id === file.id}
              className="min-w-0 flex-1 truncate text-left underline-offset-4 hover:underline aria-current:font-medium"
            >
              <DateTime value={version.readyAt ?? version.createdAt} />
              <span className="text-muted-foreground"> · {formatBytes(version.size)}</span>
            </button>
            <Place version={version} deeds={deeds} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Place({ version, deeds }: { version: FileRow; deeds: FileDeeds }) {
  if (version.status !== 'ready') return <Badge>In the trash</Badge>;
  if (version.replacedBy === null) return <Badge tone="success">Newest</Badge>;
  if (!deeds.mayDelete) return <Badge>Older</Badge>;
  return (
    <Button
      size="sm"
      aria-label={`Make the version of ${version.readyAt ?? version.createdAt} the newest`}
      onClick={() => deeds.makeNewest(version)}
    >
      Restore
    </Button>
  );
}
