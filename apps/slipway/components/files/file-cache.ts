'use client';

import { type InfiniteData, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import {
  type ApiClient,
  type FilePage,
  type FileRow,
  useTRPC,
  useTRPCClient,
} from '../../lib/trpc.ts';

type Pages = InfiniteData<FilePage, string | null>;
type ListInput = Parameters<ApiClient['file']['list']['query']>[0];

/** The answer to be shown when the first page was asked again: news come where they belong, the rest stays. */
export function mergeFirstPage(pages: Pages, fresh: FilePage): Pages {
  const known = new Map(fresh.data.map((row) => [row.id, row]));
  const ids = new Set(pages.pages.flatMap((page) => page.data.map((row) => row.id)));
  const [first, ...rest] = pages.pages.map((page) => ({
    ...page,
    data: page.data.map((row) => known.get(row.id) ?? row),
  }));
  if (!first) return pages;
  return { ...pages, pages: [{ ...first, data: withNews(first.data, fresh.data, ids) }, ...rest] };
}

/** Each new row stands before the one that follows it in the fresh answer, whatever the order is. */
function withNews(
  shown: readonly FileRow[],
  fresh: readonly FileRow[],
  ids: ReadonlySet<string>,
): FileRow[] {
  const rows = [...shown];
  const placeOf = (id: string | undefined) => rows.findIndex((row) => row.id === id);
  for (const [index, row] of [...fresh.entries()].reverse()) {
    if (ids.has(row.id)) continue;
    const next = placeOf(fresh[index + 1]?.id);
    // The last of them stands behind the nearest one that was known, or first of all.
    const before = fresh.slice(0, index).findLast((each) => ids.has(each.id));
    rows.splice(next < 0 ? placeOf(before?.id) + 1 : next, 0, row);
  }
  return rows;
}

/** Whole lists are asked anew while they are short; of long ones only their first page: later ones have 500 files. */
const FEW_PAGES = 1;

/** The lists of files that this browser knows. */
export function useFileCache() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  return useMemo(() => {
    const queryKey = trpc.file.list.infiniteQueryKey();
    const refreshOne = async (key: readonly unknown[], pages: Pages) => {
      const [, asked] = key as [unknown, { input: ListInput }];
      const fresh = await client.file.list.query(asked.input);
      queries.setQueryData<Pages>(key, (now) => mergeFirstPage(now ?? pages, fresh));
    };
    return {
      /** Changes rows wherever they are listed. */
      edit(change: (row: FileRow) => FileRow) {
        queries.setQueriesData<Pages>({ queryKey }, (data) =>
          data === undefined
            ? data
            : {
                ...data,
                pages: data.pages.map((page) => ({ ...page, data: page.data.map(change) })),
              },
        );
      },
      async refresh() {
        void queries.invalidateQueries({ queryKey: trpc.project.list.queryKey() });
        const cached = queries.getQueriesData<Pages>({ queryKey, type: 'active' });
        const isLong = (pages: Pages | undefined) => (pages?.pages.length ?? 0) > FEW_PAGES;
        await queries.invalidateQueries({
          queryKey,
          predicate: ({ state }) => !isLong(state.data as Pages | undefined),
        });
        await Promise.allSettled(
          cached.map(([key, pages]) => (pages && isLong(pages) ? refreshOne(key, pages) : null)),
        );
      },
    };
  }, [trpc, client, queries]);
}
