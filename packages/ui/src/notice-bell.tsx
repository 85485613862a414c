'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { Alert } from './alert.tsx';
import { NoticeCentre, type NoticeItem } from './notice-centre.tsx';

type Page = { items: readonly NoticeItem[]; nextCursor: string | null };

/** The procedures of both products. */
export type NoticeApi = {
  list: { query: (input: { cursor?: string }) => Promise<Page> };
  unread: { query: () => Promise<number> };
  read: { mutate: (input: { noticeIds?: string[] }) => Promise<unknown> };
};

type NoticeBellProps = {
  api: NoticeApi;
  /** What a person is told of a failure. */
  wordsOf: (error: unknown) => string;
  settingsHref: string;
  /** Goes to a page without loading everything anew. */
  onVisit: (path: string) => void;
};

/** What happens elsewhere is seen within this, in every open window. */
const REFRESH_MS = 15_000;

/** The bell of the top bar, and what it knows. */
export function NoticeBell({ api, wordsOf, settingsHref, onVisit }: NoticeBellProps) {
  const [open, setOpen] = useState(false);
  const unread = useUnread(api);
  const { page, problem, busy, load, loadMore, markRead } = useNoticeList(api);
  const { count, look } = unread;
  // A number that changed says that the list did.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the number is what it waits for
  useEffect(() => {
    if (open) void load();
  }, [open, count, load]);
  const read = async (noticeIds?: string[]) => {
    markRead(noticeIds);
    unread.take(noticeIds?.length);
    await api.read.mutate(noticeIds === undefined ? {} : { noticeIds }).catch(() => undefined);
    await look();
  };
  return (
    <NoticeCentre
      unread={count}
      notices={page?.items}
      hasMore={page?.nextCursor != null}
      busy={busy}
      failure={
        problem === undefined ? undefined : (
          <Alert tone="danger" className="m-3">
            {wordsOf(problem)}
          </Alert>
        )
      }
      settingsHref={settingsHref}
      onOpenChange={setOpen}
      onVisit={onVisit}
      onRead={(ids) => void read([...ids])}
      onReadAll={() => void read()}
      onMore={() => void loadMore()}
    />
  );
}

function useUnread(api: NoticeApi) {
  const [count, setCount] = useState<number>();
  // Without an answer the bell stays as it is; the next look is soon.
  const look = useCallback(() => api.unread.query().then(setCount, () => undefined), [api]);
  useEffect(() => {
    const lookIfSeen = () => {
      if (!document.hidden) void look();
    };
    lookIfSeen();
    const timer = setInterval(lookIfSeen, REFRESH_MS);
    document.addEventListener('visibilitychange', lookIfSeen);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', lookIfSeen);
    };
  }, [look]);
  /** Shown at once; all without a number. */
  const take = (read: number | undefined) =>
    setCount((known = 0) => (read === undefined ? 0 : Math.max(0, known - read)));
  return { count, look, take };
}

function useNoticeList(api: NoticeApi) {
  const [page, setPage] = useState<Page>();
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  /** Of answers the one to the latest question counts. */
  const asked = useRef(0);
  const ask = useCallback(
    async (cursor?: string) => {
      asked.current += 1;
      const own = asked.current;
      setBusy(true);
      try {
        const next = await api.list.query(cursor === undefined ? {} : { cursor });
        if (own !== asked.current) return;
        setProblem(undefined);
        setPage((known) =>
          cursor === undefined || known === undefined
            ? next
            : { ...next, items: [...known.items, ...next.items] },
        );
      } catch (error) {
        if (own === asked.current) setProblem(error);
      }
      if (own === asked.current) setBusy(false);
    },
    [api],
  );
  const load = useCallback(() => ask(), [ask]);
  const loadMore = async () => {
    if (page?.nextCursor != null) await ask(page.nextCursor);
  };
  const markRead = (ids: readonly string[] | undefined) =>
    setPage(
      (known) =>
        known && {
          ...known,
          items: known.items.map((item) =>
            (ids?.includes(item.id) ?? true) ? { ...item, isRead: true } : item,
          ),
        },
    );
  return { page, problem, busy, load, loadMore, markRead };
}
