import { useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '../../lib/trpc.ts';

/** Loads the members again, and what the session knows of its organizations. */
export function useRefreshMembers(organizationId: string) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return async () => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: trpc.member.list.queryKey({ organizationId }) }),
      queries.invalidateQueries({ queryKey: trpc.session.me.queryKey() }),
    ]);
  };
}
