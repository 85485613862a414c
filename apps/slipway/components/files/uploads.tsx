'use client';

import { BatchInTab } from '@repo/ui/batch-in-tab';
import { DropOverlay, folderOf } from '@repo/ui/drop-overlay';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback, useEffect, useMemo, useRef } from 'react';
import { createUploader } from 'slipway/client';
import { useTRPC, useTRPCClient } from '../../lib/trpc.ts';
import { createTransport } from '../../lib/uploads/transport.ts';
import { useMay } from '../project/use-permissions.ts';
import { useFileCache } from './file-cache.ts';
import { FileChoosers } from './file-choosers.tsx';
import { UploadPanel } from './upload-panel.tsx';
import { type ProjectUploader, useUploads } from './use-uploader.ts';

function useProjectUploader(
  projectId: string,
  rules: Parameters<typeof createTransport>[0]['rules'],
): ProjectUploader {
  const client = useTRPCClient();
  const cache = useFileCache();
  return useMemo(() => {
    const changed = () => void cache.refresh();
    const transport = createTransport({
      projectId,
      rules,
      changed,
      api: {
        requestUpload: (input) => client.file.requestUpload.mutate(input),
        completeUpload: (fileId, signal) =>
          client.file.completeUpload.mutate({ fileId }, { signal }),
      },
    });
    return createUploader({ transport, onDone: changed, onError: changed });
  }, [client, projectId, cache, rules]);
}

/**
 * Uploads of one project: the whole window takes files, by drop or paste, and they keep going while
 * a person moves between the project's pages.
 */
export function Uploads({ projectId, children }: { projectId: string; children: ReactNode }) {
  const trpc = useTRPC();
  const project = useQuery(trpc.project.get.queryOptions({ projectId }));
  const mayUpload = useMay(projectId)('file.upload');
  const known = useRef(project.data?.rules);
  useEffect(() => {
    known.current = project.data?.rules;
  }, [project.data]);
  const rules = useCallback(() => known.current, []);
  const uploader = useProjectUploader(projectId, rules);
  const add = (files: File[]) => addInFolders(uploader, files);

  return (
    <FileChoosers mayUpload={mayUpload} onFiles={add}>
      {children}
      {project.data && mayUpload ? (
        <DropOverlay
          onFiles={add}
          title={`Drop to upload to ${project.data.name}`}
          description="Files and folders, straight to your storage."
        />
      ) : null}
      <UploadPanel uploader={uploader} />
      <LeaveGuard uploader={uploader} />
    </FileChoosers>
  );
}

/** Folders that were dropped stay folders. */
function addInFolders(uploader: ProjectUploader, files: readonly File[]): void {
  for (const [folder, group] of Map.groupBy(files, folderOf))
    uploader.add(group, folder === '' ? {} : { input: { folder } });
}

function LeaveGuard({ uploader }: { uploader: ProjectUploader }) {
  return <BatchInTab {...useUploads(uploader)} />;
}
