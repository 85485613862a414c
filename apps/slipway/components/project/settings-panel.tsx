'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Button } from '@repo/ui/button';
import { Card, CardBody, CardFooter, CardHeader } from '@repo/ui/card';
import { ConfirmDialog } from '@repo/ui/confirm-dialog';
import { Field } from '@repo/ui/field';
import { Input } from '@repo/ui/input';
import { Skeleton } from '@repo/ui/skeleton';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { describeError, type ProjectDetails, useTRPC } from '../../lib/trpc.ts';
import { UploadthingCard } from '../uploadthing/uploadthing-card.tsx';

export function SettingsPanel({ projectId }: { projectId: string }) {
  const trpc = useTRPC();
  const project = useQuery(trpc.project.get.queryOptions({ projectId }));
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
      <RenameProject key={project.data.name} project={project.data} />
      <UploadthingCard projectId={projectId} />
      <DeleteProject project={project.data} />
    </div>
  );
}

const Name = z.object({
  name: z.string().trim().min(1, 'Expected a name.').max(80, 'Expected at most 80 characters.'),
});

function RenameProject({ project }: { project: ProjectDetails }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const form = useForm({ resolver: zodResolver(Name), defaultValues: { name: project.name } });
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
  const submit = form.handleSubmit(({ name }) => rename.mutate({ projectId: project.id, name }));
  const failure = rename.error ? describeError(rename.error).message : undefined;
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <Card>
        <CardHeader
          title="Name"
          description="Shown here only; keys and URLs do not change with it."
        />
        <CardBody>
          <Field
            label="Project name"
            error={form.formState.errors.name?.message ?? failure}
            className="max-w-sm"
          >
            {(control) => <Input {...control} {...form.register('name')} autoComplete="off" />}
          </Field>
        </CardBody>
        <CardFooter>
          <span>At most 80 characters.</span>
          <Button
            type="submit"
            variant="primary"
            busy={rename.isPending}
            disabled={!form.formState.isDirty}
          >
            Save name
          </Button>
        </CardFooter>
      </Card>
    </form>
  );
}

function DeleteProject({ project }: { project: ProjectDetails }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const remove = useMutation(
    trpc.project.delete.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: trpc.project.list.queryKey() });
        toast.success('Project deleted', {
          description: `${project.name} and its key are gone; its files follow.`,
        });
        router.push('/dashboard');
      },
    }),
  );
  return (
    <Card className="border-danger/40">
      <CardHeader
        title="Delete project"
        description="Its key stops working at once, and all of its files are erased from your storage. This cannot be undone."
        actions={
          <Button variant="danger-quiet" onClick={() => setAsking(true)}>
            Delete project
          </Button>
        }
        className="pb-4"
      />
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Delete ${project.name}?`}
        description="Every file of this project is erased from your storage, every link to one stops working, and so does its key. This cannot be undone."
        confirmLabel="Delete project"
        typeToConfirm={project.name}
        busy={remove.isPending || remove.isSuccess}
        error={remove.error ? describeError(remove.error).message : undefined}
        onConfirm={() => remove.mutate({ projectId: project.id })}
      />
    </Card>
  );
}
