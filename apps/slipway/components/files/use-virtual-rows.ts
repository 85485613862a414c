'use client';

import type { Selection } from '@repo/ui/use-selection';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { FileRow } from '../../lib/trpc.ts';
import { NEAR_END } from './virtual.ts';

export type VirtualProps = {
  rows: readonly FileRow[];
  selection: Selection<FileRow>;
  hasMore: boolean;
  loadingMore: boolean;
  onMore: () => void;
};

/** Lines of `perLine` files each, of which only those in sight are in the document. */
export function useVirtualRows(
  props: VirtualProps,
  { height, perLine }: { height: number; perLine: number },
) {
  const { rows, selection, hasMore, loadingMore, onMore } = props;
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: Math.ceil(rows.length / perLine),
    getScrollElement: () => frame.current,
    estimateSize: () => height,
    overscan: 2,
  });
  const last = virtual.range?.endIndex ?? 0;
  useEffect(() => {
    if (hasMore && !loadingMore && (last + 1) * perLine > rows.length - NEAR_END) onMore();
  }, [hasMore, loadingMore, last, perLine, rows.length, onMore]);
  const { activeIndex } = selection;
  useEffect(() => {
    if (activeIndex >= 0) virtual.scrollToIndex(Math.floor(activeIndex / perLine));
  }, [activeIndex, perLine, virtual]);
  return { frame, virtual };
}
