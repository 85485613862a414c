'use client';

import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type RefObject, useLayoutEffect, useMemo, useRef } from 'react';
import { linesAround, type PhotoLine, photoLines } from '../../lib/gallery/photo-lines.ts';
import { useBox } from '../virtual/use-box.ts';

type Wish = {
  /** The list; its gap is the photos', its `--row` the least height of a line in rem. */
  box: RefObject<HTMLElement | null>;
  /** Of each photo's width to its height. */
  ratios: readonly number[];
  /** A photo that stays in the document wherever the page is scrolled to, as do those next to it: it has the focus. */
  kept: number;
  /** Whether the browser lays them all out: the lines are only what it is thought to do. */
  isWhole: boolean;
};

const NONE: readonly PhotoLine[] = [];

/** The photos near the window, each with its place; undefined while nobody knows how large the window is. */
export function usePhotoLines({ box, ratios, kept, isWhole }: Wish) {
  const { width, top } = useBox(box);
  const { lines, gap } = useMemo(
    () => linesIn(box.current, { ratios, width }),
    [box, ratios, width],
  );
  const virtual = useWindowVirtualizer({
    count: lines.length,
    estimateSize: (index) => lines[index]?.height ?? 0,
    gap,
    scrollMargin: top,
  });
  useLayoutEffect(() => {
    if (lines.length > 0) virtual.measure();
  }, [lines, virtual]);
  // The hook looks where the page is.
  virtual.getVirtualItems();
  const { range, scrollDirection, scrollOffset } = virtual;
  const first = range?.startIndex;
  const offset = scrollOffset ?? 0;
  useSamePhoto({ lines: isWhole ? NONE : lines, width, top, first, offset });
  const last = lines.at(-1);
  if (range === null || last === undefined) return undefined;
  const { startIndex, endIndex } = range;
  const isUpwards = scrollDirection === 'backward';
  const shown = new Set([kept - 1, kept, kept + 1].filter((index) => kept >= 0 && index >= 0));
  for (const { from, to } of linesAround(lines, { first: startIndex, last: endIndex, isUpwards }))
    for (let index = from; index < to; index += 1) shown.add(index);
  const drawn = [...shown]
    .filter((index) => index < ratios.length)
    .sort((a, b) => a - b)
    .map((index) => ({ index, style: placeOf(index, { lines, ratios, gap }) }));
  return { drawn, height: last.top + last.height };
}

function linesIn(
  list: HTMLElement | null,
  { ratios, width }: { ratios: readonly number[]; width: number },
): { lines: PhotoLine[]; gap: number } {
  if (list === null || width === 0) return { lines: [], gap: 0 };
  const style = getComputedStyle(list);
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const row = Number.parseFloat(style.getPropertyValue('--row')) * rem;
  const gap = Number.parseFloat(style.columnGap);
  return { lines: photoLines(ratios, { width, gap, row }), gap };
}

type Laid = { lines: readonly PhotoLine[]; ratios: readonly number[]; gap: number };

function placeOf(index: number, { lines, ratios, gap }: Laid): CSSProperties {
  const line = lines.find(({ to }) => index < to);
  if (line === undefined) return {};
  const { from, top, height } = line;
  const before = ratios.slice(from, index).reduce((sum, ratio) => sum + ratio, 0);
  const start = before * height + gap * (index - from);
  const width = (ratios[index] ?? 1) * height;
  return { position: 'absolute', insetInlineStart: start, top, width, height };
}

type Sight = {
  lines: readonly PhotoLine[];
  width: number;
  top: number;
  first: number | undefined;
  offset: number;
};

/** Where a phone is turned, or a window made wider, the photo that was at its top stays there. */
function useSamePhoto({ lines, width, top, first, offset }: Sight): void {
  const seen = useRef({ width: 0, photo: 0, share: 0, offset: 0 });
  useLayoutEffect(() => {
    const { width: before, photo, share, offset } = seen.current;
    seen.current.width = width;
    if (before === 0 || before === width || photo === 0) return;
    // Somebody went elsewhere meanwhile.
    if (Math.abs(window.scrollY - offset) > window.innerHeight) return;
    const line = lines.find(({ to }) => photo < to);
    if (line) window.scrollTo({ top: top + line.top + share * line.height, behavior: 'instant' });
  }, [lines, width, top]);
  useLayoutEffect(() => {
    const line = first === undefined ? undefined : lines[first];
    if (line === undefined) return;
    const share = (offset - top - line.top) / line.height;
    // Below the photos nobody looks at one. Between two lines one is at the end of the first.
    const isBelow = first === lines.length - 1 && share > 1;
    const photo = isBelow ? 0 : line.from;
    seen.current = { width, photo, share: Math.min(share, 1), offset };
  }, [lines, width, top, first, offset]);
}
