'use client';

import { skipToken, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { describeError, useTRPC, useTRPCClient } from '../../lib/trpc.ts';
import type { Look } from './look.ts';

/** Whoever moves a slider has not decided yet. */
const decidedAfter = 350;
const askEvery = 400;
const askAgainAfter = 2_000;
const keepFor = 10 * 60_000;

export type ShownPreview = {
  /** The latest that came, also of an earlier wish. */
  url: string | undefined;
  /** Another one is being made. */
  busy: boolean;
  problem: string | undefined;
};

/** What a look makes of a scene, kept up with what is chosen. Costs nothing. */
export function usePreview(sceneId: string, look: Look): ShownPreview {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const wish = useSettled(look);
  const asked = useQuery({
    queryKey: ['look-preview', sceneId, wish.preset, wish.adjustments],
    queryFn: () =>
      client.preview.start.mutate({
        ...{ sceneId, preset: wish.preset, adjustments: wish.adjustments },
      }),
    staleTime: keepFor,
    retry: false,
  });
  const previewId = asked.data?.id;
  const made = useQuery(
    trpc.preview.get.queryOptions(previewId === undefined ? skipToken : { previewId }, {
      staleTime: keepFor,
      refetchInterval: ({ state }) => (state.data?.status === 'queued' ? askEvery : false),
    }),
  );
  const { refetch } = asked;
  const superseded = made.data?.status === 'superseded';
  useEffect(() => {
    // Wishes of another tab took its place in the queue.
    if (!superseded) return;
    const timer = setTimeout(() => void refetch(), askAgainAfter);
    return () => clearTimeout(timer);
  }, [superseded, refetch]);
  const last = useRef<string>(undefined);
  const url = made.data?.url ?? undefined;
  useEffect(() => {
    if (url !== undefined) last.current = url;
  }, [url]);
  const error = asked.error ?? made.error;
  const problem = error ? describeError(error).message : (made.data?.reason ?? undefined);
  return {
    url: url ?? last.current,
    busy: !problem && (wish !== look || url === undefined),
    problem,
  };
}

/** The value once it has rested. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  const text = JSON.stringify(value);
  const latest = useRef(value);
  useEffect(() => {
    latest.current = JSON.parse(text);
    const timer = setTimeout(() => setSettled(latest.current), decidedAfter);
    return () => clearTimeout(timer);
  }, [text]);
  return JSON.stringify(settled) === text ? value : settled;
}
