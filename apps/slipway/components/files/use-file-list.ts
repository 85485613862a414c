'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { type FileRow, useTRPC } from '../../lib/trpc.ts';
import { useFileCache } from './file-cache.ts';
import { toListInput, useFileFilters } from './use-file-filters.ts';

const PAGE_SIZE = 100;
const NEWS_MS = 2_000;
const NONE: readonly FileRow[] = [];

/** The files that the address asks for, as far as they were loaded. */
export function useFileList(projectId: string) {
  const trpc = useTRPC();
  const filters = useFileFilters();
  const { trash, status } = filters;
  const input = { projectId, limit: PAGE_SIZE, ...toListInput(filters) };
  const files = useInfiniteQuery(
    trpc.file.list.infiniteQueryOptions(input, {
      getNextPageParam: (page) => page.nextCursor,
      // The last answer stays on the screen while a new search is on its way.
      placeholderData: (before) => before,
      // Long lists are brought up to date by their first page; see useFileCache.
      staleTime: 60_000,
      // Comparing every page with its former self at each new one would be slow with hundreds of them.
      structuralSharing: false,
      refetchOnWindowFocus: false,
    }),
  );
  const { data } = files;
  // A change is shown before the server knows of it: what it moves elsewhere leaves at once.
  const rows = useMemo(() => {
    const all = data?.pages.flatMap((page) => page.data) ?? NONE;
    const wanted = trash ? 'deleted' : status;
    return all.filter((row) =>
      wanted === 'deleted' ? row.status === 'deleted' : row.status !== 'deleted',
    );
  }, [data, trash, status]);
  useNews(rows);
  return { files, rows };
}

/** What is being looked at by the server changes by itself. */
function useNews(rows: readonly FileRow[]) {
  const cache = useFileCache();
  const waiting = rows.slice(0, PAGE_SIZE).some((row) => row.status === 'verifying');
  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(() => void cache.refresh(), NEWS_MS);
    return () => clearInterval(timer);
  }, [waiting, cache]);
}
