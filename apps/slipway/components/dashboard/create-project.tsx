'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Alert } from '@repo/ui/alert';
import { Button } from '@repo/ui/button';
import {
  Dialog,
  DialogBody,
  DialogClose,
  DialogContent,
  DialogFooter,
  DialogTrigger,
} from '@repo/ui/dialog';
import { Field } from '@repo/ui/field';
import { Input } from '@repo/ui/input';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import { RevealKeyDialog } from '../project/reveal-key.tsx';

const NewProject = z.object({
  name: z.string().trim().min(1, 'Expected a name.').max(80, 'Expected at most 80 characters.'),
});

type Created = { projectId: string; key: string };

/** Asks for a name, then shows the new project's key once, then opens the project. */
export function CreateProjectButton({ organizationId }: { organizationId: string }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [created, setCreated] = useState<Created>();
  return (
    <>
      <Dialog open={open} onOpenChange={setOpen}>
        <DialogTrigger asChild>
          <Button variant="primary">
            <Plus />
            New project
          </Button>
        </DialogTrigger>
        <DialogContent
          title="New project"
          description="You can change the name and the rules later."
        >
          <NewProjectForm
            organizationId={organizationId}
            onCreated={(result) => {
              setOpen(false);
              setCreated(result);
            }}
          />
        </DialogContent>
      </Dialog>
      {created ? (
        <RevealKeyDialog
          secret={created.key}
          title="Your project is ready"
          doneLabel="Open project"
          onDone={() => router.push(`/projects/${created.projectId}`)}
        />
      ) : null}
    </>
  );
}

type FormProps = { organizationId: string; onCreated: (created: Created) => void };

function NewProjectForm({ organizationId, onCreated }: FormProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const create = useMutation(trpc.project.create.mutationOptions());
  const form = useForm({ resolver: zodResolver(NewProject), defaultValues: { name: '' } });

  const submit = form.handleSubmit(async ({ name }) => {
    const result = await create.mutateAsync({ organizationId, name }).catch(() => undefined);
    if (!result) return;
    void queries.invalidateQueries({ queryKey: trpc.project.list.queryKey() });
    onCreated({ projectId: result.project.id, key: result.key });
  });

  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <DialogBody>
        {create.error ? (
          <Alert tone="danger" live>
            {describeError(create.error).message}
          </Alert>
        ) : null}
        <Field label="Name" error={form.formState.errors.name?.message}>
          {(control) => (
            <Input
              {...control}
              {...form.register('name')}
              autoComplete="off"
              autoFocus
              placeholder="Marketing site"
            />
          )}
        </Field>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" busy={create.isPending}>
          Create project
        </Button>
      </DialogFooter>
    </form>
  );
}
