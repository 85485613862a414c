'use client';

import { DropOverlay } from '@repo/ui/drop-overlay';
import { folderOf, useDesk } from '@repo/ui/uploads';
import { UploadTrays } from '@repo/ui/uploads/upload-trays';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useParams, usePathname } from 'next/navigation';
import { createContext, type ReactNode, useContext, useState } from 'react';
import { useTRPC, useTRPCClient } from '../../lib/trpc.ts';
import { createProjectDesk, type ProjectDesk } from '../../lib/uploads/project-desk.ts';
import { fileWords } from '../../lib/uploads/upload-words.ts';
import { useMay } from '../project/use-permissions.ts';
import { useFileCache } from './file-cache.ts';
import { FileChoosers } from './file-choosers.tsx';

const DeskContext = createContext<ProjectDesk | null>(null);

function useProjectDesk(userId: string): ProjectDesk {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const cache = useFileCache();
  const [desk] = useState(() =>
    createProjectDesk({
      userId,
      changed: () => void cache.refresh(),
      rulesOf: (projectId) => queries.getQueryData(trpc.project.get.queryKey({ projectId }))?.rules,
      findKnown: async (projectId, digests) => {
        const known = await client.file.findKnown.mutate({ projectId, digests });
        return new Map(known.map(({ sha256, name }) => [sha256, name]));
      },
      api: {
        requestUpload: (input) => client.file.requestUpload.mutate(input),
        completeUpload: (fileId, signal) =>
          client.file.completeUpload.mutate({ fileId }, { signal }),
      },
    }),
  );
  return desk;
}

/** Keeps every project's uploads going while a person walks through the dashboard, and after a reload. */
export function Uploads({ userId, children }: { userId: string; children: ReactNode }) {
  const desk = useProjectDesk(userId);
  const open = useDesk(desk);
  const { projectId: here } = useParams<{ projectId?: string }>();
  const path = usePathname();
  return (
    <DeskContext value={desk}>
      <div className="pb-[var(--tray,0px)]">{children}</div>
      <UploadTrays
        open={open}
        words={fileWords}
        wayTo={(projectId) =>
          projectId === here ? null : (
            <Link href={`/projects/${projectId}`} className="text-link underline">
              Open the project
            </Link>
          )
        }
        isAside={(projectId) => path !== `/projects/${projectId}`}
        onFiles={(projectId, files) => addTo(desk, projectId, files)}
        onRefusalsSeen={(projectId) => desk.refuse(projectId, [])}
      />
    </DeskContext>
  );
}

/** Folders that were dropped stay folders. */
function addTo(desk: ProjectDesk, projectId: string, files: readonly File[]): void {
  desk.at(projectId).intake.take(
    files.map((file) => {
      const folder = folderOf(file);
      return { file, input: folder === '' ? undefined : { folder } };
    }),
  );
}

type ProjectProps = { projectId: string; children: ReactNode };

/** The whole window takes files for this project, by drop or paste. */
export function ProjectUploads({ projectId, children }: ProjectProps) {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('ProjectUploads needs Uploads above it');
  const trpc = useTRPC();
  const project = useQuery(trpc.project.get.queryOptions({ projectId }));
  const mayUpload = useMay(projectId)('file.upload');
  const add = (files: File[]) => addTo(desk, projectId, files);
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
    </FileChoosers>
  );
}
