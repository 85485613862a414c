'use client';

import { Button } from '@repo/ui/button';
import { EmptyState } from '@repo/ui/empty-state';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Users } from 'lucide-react';
import { describeError, useTRPC } from '../../lib/trpc.ts';

/** For somebody who left every organization, or was removed. */
export function NoOrganization() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const create = useMutation(
    trpc.organization.create.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.session.me.queryKey() }),
      onError: (error) =>
        toast.error('No organization was made', { description: describeError(error).message }),
    }),
  );
  return (
    <EmptyState
      headingLevel={1}
      icon={<Users />}
      title="You are in no organization"
      description="Projects belong to organizations. Begin one of your own, or open an invitation."
      action={
        <Button
          variant="primary"
          busy={create.isPending}
          onClick={() => create.mutate({ name: 'Personal' })}
        >
          Create organization
        </Button>
      }
    />
  );
}
