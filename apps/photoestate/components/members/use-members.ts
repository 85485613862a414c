import { memberActs } from '@repo/ui/members/acts';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { describeError, useTRPC, useTRPCClient } from '../../lib/trpc.ts';

/** What can be done with members; then they are loaded again, and what the session knows of its organizations. */
export function useMemberActs(organizationId: string) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  return useMemo(
    () =>
      memberActs(organizationId, {
        api: client.member,
        wordsOf: (error) => describeError(error).message,
        refresh: () =>
          Promise.all([
            queries.invalidateQueries({ queryKey: trpc.member.list.queryKey({ organizationId }) }),
            queries.invalidateQueries({ queryKey: trpc.session.me.queryKey() }),
          ]),
      }),
    [organizationId, client, queries, trpc],
  );
}
