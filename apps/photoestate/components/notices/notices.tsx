'use client';

import { Alert } from '@repo/ui/alert';
import { NoticeCentre } from '@repo/ui/notice-centre';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { describeError, useTRPC } from '../../lib/trpc.ts';

/** What happens elsewhere is seen within this, in every open window. */
const REFRESH_MS = 15_000;

/** The bell of the top bar. */
export function Notices() {
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const unread = useQuery(
    trpc.notice.unread.queryOptions(undefined, { refetchInterval: REFRESH_MS }),
  );
  const list = useInfiniteQuery(
    trpc.notice.list.infiniteQueryOptions(
      {},
      { getNextPageParam: (last) => last.nextCursor, enabled: open, staleTime: 0 },
    ),
  );
  const count = unread.data;
  // A number that changed says that the list did.
  useEffect(() => {
    if (count === undefined) return;
    void queries.invalidateQueries({ queryKey: trpc.notice.list.infiniteQueryKey({}) });
  }, [count, queries, trpc]);
  const { mutate: read } = useMutation(
    trpc.notice.read.mutationOptions({
      onMutate: ({ noticeIds }) => {
        const isRead = (id: string) => noticeIds?.includes(id) ?? true;
        queries.setQueryData(trpc.notice.unread.queryKey(), (known = 0) =>
          noticeIds === undefined ? 0 : Math.max(0, known - noticeIds.length),
        );
        queries.setQueryData(
          trpc.notice.list.infiniteQueryKey({}),
          (known) =>
            known && {
              ...known,
              pages: known.pages.map((page) => ({
                ...page,
                items: page.items.map((item) =>
                  isRead(item.id) ? { ...item, isRead: true } : item,
                ),
              })),
            },
        );
      },
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.notice.pathKey() }),
    }),
  );
  return (
    <NoticeCentre
      unread={count}
      notices={list.data?.pages.flatMap((page) => page.items)}
      hasMore={list.hasNextPage}
      busy={list.isFetchingNextPage}
      failure={
        list.error ? (
          <Alert tone="danger" className="m-3">
            {describeError(list.error).message}
          </Alert>
        ) : undefined
      }
      settingsHref="/account#notifications"
      onOpenChange={setOpen}
      onVisit={(path) => router.push(path)}
      onRead={(noticeIds) => read({ noticeIds: [...noticeIds] })}
      onReadAll={() => read({})}
      onMore={() => void list.fetchNextPage()}
    />
  );
}
