import { useMemberActs as useActs } from '@repo/ui/members/use-member-acts';
import { describeError, useTRPC, useTRPCClient } from '../../lib/trpc.ts';

/** What can be done with members; the session knows its organizations by them, too. */
export function useMemberActs(organizationId: string) {
  const trpc = useTRPC();
  const { member: api } = useTRPCClient();
  const known = [trpc.member.list.queryKey({ organizationId }), trpc.session.me.queryKey()];
  return useActs(organizationId, { api, describe: describeError, known });
}
