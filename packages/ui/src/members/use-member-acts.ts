import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import type { Describe } from '../account/api.ts';
import { type MemberActs, type MemberApi, memberActs } from './acts.ts';

type Here<R extends string> = {
  api: MemberApi<R>;
  describe: Describe;
  /** What the product's pages know of members: loaded again after each act. */
  known: readonly QueryKey[];
};

/** What can be done with the members of an organization. */
export function useMemberActs<R extends string>(
  organizationId: string,
  { api, describe, known }: Here<R>,
): MemberActs<R> {
  const queries = useQueryClient();
  return memberActs(organizationId, {
    api,
    wordsOf: (error) => describe(error).message,
    refresh: () => Promise.all(known.map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}
