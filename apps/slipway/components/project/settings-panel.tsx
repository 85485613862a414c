'use client';

import { DeleteCard } from '@repo/ui/panel/delete-card';
import { Skeleton } from '@repo/ui/skeleton';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { describeError, type ProjectDetails, useTRPC } from '../../lib/trpc.ts';
import { LookOnly } from '../panel/look-only.tsx';
import { NameCard } from '../panel/name-form.tsx';
import { UploadthingCard } from '../uploadthing/uploadthing-card.tsx';
import { useMay } from './use-permissions.ts';

export function SettingsPanel({ projectId }: { projectId: string }) {
  const trpc = useTRPC();
  const project = useQuery(trpc.project.get.queryOptions({ projectId }));
  const mayManage = useMay(projectId)('project.manage');
  if (!project.data) {
    return (
      <div aria-busy="true" className="flex max-w-3xl flex-col gap-6">
        <Skeleton className="h-52 rounded-lg" />
        <Skeleton className="h-76 rounded-lg" />
        <Skeleton className="h-36 rounded-lg" />
      </div>
    );
  }
  return (
    <div className="flex max-w-3xl flex-col gap-6">
      {mayManage ? null : <LookOnly projectId={projectId} what="the settings" />}
      <RenameProject project={project.data} mayChange={mayManage} />
      <UploadthingCard projectId={projectId} />
      {mayManage ? <DeleteProject project={project.data} /> : null}
    </div>
  );
}

function RenameProject({ project, mayChange }: { project: ProjectDetails; mayChange: boolean }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const rename = useMutation(
    trpc.project.rename.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({
          queryKey: trpc.project.get.queryKey({ projectId: project.id }),
        });
        void queries.invalidateQueries({ queryKey: trpc.project.list.queryKey() });
        toast.success('Project renamed');
      },
    }),
  );
  return (
    <NameCard
      key={project.name}
      label="Project name"
      description="Shown here only; keys and URLs do not change with it."
      name={project.name}
      mayChange={mayChange}
      saving={rename}
      onName={(name) => rename.mutate({ projectId: project.id, name })}
    />
  );
}

function DeleteProject({ project }: { project: ProjectDetails }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const remove = useMutation(
    trpc.project.delete.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: trpc.project.list.queryKey() });
        toast.success('Project deleted', {
          description: `${project.name} and its keys are gone; its files follow.`,
        });
        router.push('/dashboard');
      },
    }),
  );
  return (
    <DeleteCard
      label="Delete project"
      description="Its keys stop working at once, and all of its files are erased from your storage. This cannot be undone."
      question={`Delete ${project.name}?`}
      warning="Every file of this project is erased from your storage, and every link to one and every key stops working. This cannot be undone."
      named={project.name}
      busy={remove.isPending || remove.isSuccess}
      error={remove.error ? describeError(remove.error).message : undefined}
      onDelete={() => remove.mutate({ projectId: project.id })}
    />
  );
}
