import { turned } from '@repo/ui/account/notice-choices';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { describeError, useTRPC } from '../../lib/trpc.ts';

/** What somebody is told. Each change takes effect at once, and goes back when the server did not take it. */
export function useNotifications() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const queryKey = trpc.notification.get.queryKey();
  const settings = useQuery(trpc.notification.get.queryOptions());
  const { mutate } = useMutation(
    trpc.notification.update.mutationOptions({
      onMutate: async ({ timeZone, choices = [] }) => {
        await queries.cancelQueries({ queryKey });
        queries.setQueryData(
          queryKey,
          (known) =>
            known && {
              ...known,
              timeZone: timeZone ?? known.timeZone,
              kinds: choices.reduce(turned, known.kinds),
            },
        );
      },
      onError: (error) => toast.error('Not changed', { description: describeError(error).message }),
      onSettled: () => queries.invalidateQueries({ queryKey }),
    }),
  );
  const { mutate: notice } = useMutation(trpc.notification.noticeTimeZone.mutationOptions());
  const isUnknown = settings.data?.timeZone === null;
  // Counts until somebody chooses one.
  useEffect(() => {
    if (isUnknown) notice({ timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone });
  }, [isUnknown, notice]);
  return { settings, update: mutate };
}
