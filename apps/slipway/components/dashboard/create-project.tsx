'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Alert } from '@repo/ui/alert';
import { Button } from '@repo/ui/button';
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from '@repo/ui/dialog';
import { Field } from '@repo/ui/field';
import { Input } from '@repo/ui/input';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import { RevealKeyDialog } from '../keys/reveal-key.tsx';

const NewProject = z.object({
  name: z.string().trim().min(1, 'Expected a name.').max(80, 'Expected at most 80 characters.'),
});

type Created = { projectId: string; key: string };

type Props = {
  organizationId: string;
  /** Everything that may change while a dialog is open goes below, so that it cannot take the dialog away. */
  children: (openButton: ReactNode) => ReactNode;
};

/** Asks for a name, then shows the new project's key once, then opens the project. */
export function CreateProject({ organizationId, children }: Props) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [created, setCreated] = useState<Created>();
  return (
    <>
      {children(
        <Button variant="primary" onClick={() => setOpen(true)}>
          <Plus />
          New project
        </Button>,
      )}
      <Dialog open={open} onOpenChange={setOpen}>
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
          power="do everything in this project"
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
