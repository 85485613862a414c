'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { toast } from '../toaster.tsx';
import type { Describe, NotificationApi, NotificationSettings } from './api.ts';
import { turned } from './notice-choices.tsx';

const queryKey = ['account', 'notifications'];

/** What somebody is told. Each change takes effect at once, and goes back when the server did not take it. */
export function useNotifications(api: NotificationApi, describe: Describe) {
  const queries = useQueryClient();
  const settings = useQuery({ queryKey, queryFn: () => api.get.query() });
  const { mutate } = useMutation({
    mutationFn: (change: Parameters<NotificationApi['update']['mutate']>[0]) =>
      api.update.mutate(change),
    onMutate: async ({ timeZone, choices = [] }) => {
      await queries.cancelQueries({ queryKey });
      queries.setQueryData<NotificationSettings>(
        queryKey,
        (known) =>
          known && {
            ...known,
            timeZone: timeZone ?? known.timeZone,
            kinds: choices.reduce(turned, known.kinds),
          },
      );
    },
    onError: (error) => toast.error('Not changed', { description: describe(error).message }),
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
  return { settings, update: mutate };
}

/** Tells the browser's time zone once, of somebody who has chosen none. */
export function useTimeZoneNotice(api: NotificationApi): void {
  const queries = useQueryClient();
  const settings = useQuery({
    queryKey,
    queryFn: () => api.get.query(),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const { mutate } = useMutation({
    mutationFn: (timeZone: string) => api.noticeTimeZone.mutate({ timeZone }),
    onSuccess: () => queries.invalidateQueries({ queryKey }),
  });
  const isUnknown = settings.data?.timeZone === null;
  useEffect(() => {
    if (isUnknown) mutate(Intl.DateTimeFormat().resolvedOptions().timeZone);
  }, [isUnknown, mutate]);
}
