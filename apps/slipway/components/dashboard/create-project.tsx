'use client';

import { Button } from '@repo/ui/button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { useTRPC } from '../../lib/trpc.ts';
import { RevealKeyDialog } from '../keys/reveal-key.tsx';
import { NameDialog } from '../panel/name-form.tsx';
import { useShortcuts } from '../shortcuts/use-shortcuts.ts';

type Created = { projectId: string; key: string };

type Props = {
  organizationId: string;
  mayCreate: boolean;
  /** Everything that may change while a dialog is open goes below, so that it cannot take the dialog away. */
  children: (openButton: ReactNode) => ReactNode;
};

/** Asks for a name, then shows the new project's key once, then opens the project. */
export function CreateProject({ organizationId, mayCreate, children }: Props) {
  const router = useRouter();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [created, setCreated] = useState<Created>();
  const create = useMutation(
    trpc.project.create.mutationOptions({
      // What came back is a secret.
      gcTime: 0,
      onSuccess: ({ project, key }) => {
        void queries.invalidateQueries({ queryKey: trpc.project.list.queryKey() });
        setOpen(false);
        setCreated({ projectId: project.id, key });
      },
    }),
  );
  useShortcuts(
    mayCreate
      ? [
          {
            id: 'new-project',
            keys: ['n'],
            label: 'New project',
            group: 'Projects',
            run: () => setOpen(true),
          },
        ]
      : [],
  );
  return (
    <>
      {children(
        <Button variant="primary" onClick={() => setOpen(true)} aria-keyshortcuts="n">
          <Plus />
          New project
        </Button>,
      )}
      <NameDialog
        open={open}
        title="New project"
        description="You can change the name and the rules later."
        placeholder="Marketing site"
        submitLabel="Create project"
        saving={create}
        onName={(name) => create.mutate({ organizationId, name })}
        onClose={() => setOpen(false)}
      />
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
