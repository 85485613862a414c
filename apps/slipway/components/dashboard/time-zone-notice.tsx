'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTRPC } from '../../lib/trpc.ts';

/** Tells the browser's time zone once, of somebody who has chosen none: summaries come in the morning. */
export function TimeZoneNotice() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const settings = useQuery(
    trpc.notification.get.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }),
  );
  const { mutate } = useMutation(
    trpc.notification.noticeTimeZone.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.notification.get.queryKey() }),
    }),
  );
  const isUnknown = settings.data?.timeZone === null;
  useEffect(() => {
    if (isUnknown) mutate({ timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone });
  }, [isUnknown, mutate]);
  return null;
}
