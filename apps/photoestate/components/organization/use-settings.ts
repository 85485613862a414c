import { toast } from '@repo/ui/toaster';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { describeError, useTRPC } from '../../lib/trpc.ts';

/** Changes settings of an organization: shown at once, and taken back when the server did not take them. */
export function useSettings(organizationId: string) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const queryKey = trpc.organization.settings.queryKey({ organizationId });
  const refresh = () => queries.invalidateQueries({ queryKey });
  const update = useMutation(
    trpc.organization.updateSettings.mutationOptions({
      onMutate: async ({ organizationId: _, ...change }) => {
        await queries.cancelQueries({ queryKey });
        const before = queries.getQueryData(queryKey);
        const known = Object.entries(change).filter(([, value]) => value !== undefined);
        queries.setQueryData(queryKey, (data) => data && { ...data, ...Object.fromEntries(known) });
        return { before };
      },
      onError: (error, _, context) => {
        if (context?.before) queries.setQueryData(queryKey, context.before);
        toast.error('Not changed', { description: describeError(error).message });
      },
      onSettled: refresh,
    }),
  );
  const removeLogo = useMutation(
    trpc.organization.removeLogo.mutationOptions({
      onError: (error) => toast.error('Not removed', { description: describeError(error).message }),
      onSettled: refresh,
    }),
  );
  return { update, removeLogo, refresh };
}
