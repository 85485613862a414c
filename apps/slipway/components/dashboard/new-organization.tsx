'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTRPC } from '../../lib/trpc.ts';
import { NameDialog } from '../panel/name-form.tsx';

type Props = { returnFocus?: HTMLElement | null; onClose: () => void };

/** Asks for a name, then shows the new organization, which has no projects yet. */
export function NewOrganization({ returnFocus = null, onClose }: Props) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const create = useMutation(
    trpc.organization.create.mutationOptions({
      onSuccess: async ({ id }) => {
        await queries.invalidateQueries({ queryKey: trpc.session.me.queryKey() });
        router.push(`/dashboard?org=${encodeURIComponent(id)}`);
        onClose();
      },
    }),
  );
  return (
    <NameDialog
      title="New organization"
      description="It has members, projects and a plan of its own, and you are its owner."
      placeholder="Acme"
      submitLabel="Create organization"
      saving={create}
      onName={(name) => create.mutate({ name })}
      onClose={onClose}
      returnFocus={returnFocus}
    />
  );
}
