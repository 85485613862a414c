'use client';

import { measureElement, useWindowVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type RefObject, useLayoutEffect } from 'react';
import { useBox } from './use-box.ts';

/** What sticks to the top of the page, and some air below it. */
const TOP_BAR = 72;

type Lines = {
  /** The list itself; it is laid out as a grid by the style that is given here. */
  box: RefObject<HTMLElement | null>;
  items: number;
  gap: number;
  /** So wide at least; a single one may be narrower. */
  narrowest: number;
  /** So many beside each other at most. */
  most?: number;
  /** Of a line of which the items are so wide, until it is measured. */
  height: (width: number) => number;
  overscan?: number;
  /** An item that stays in the document wherever the page is scrolled to: it has the focus. */
  kept?: number;
};

/** So many are drawn before it is known how large the window is: by the server, and until the first look. */
const AT_FIRST = 12;
/** As many as a line has at most on most screens. */
const FIRST_LINE = 4;

type Drawn = {
  index: number;
  /** Of the first in each line, by which the line is measured. */
  line: number | undefined;
  style: CSSProperties | undefined;
};

/**
 * Lines of items beside each other, of which only those near the window are in the document; the list's
 * padding stands for the others. The page scrolls, not a frame in it: so it does on a phone, and going
 * back finds the place again.
 */
export function useVirtualLines(props: Lines) {
  const { box, items, gap, narrowest, height, overscan = 1, kept = -1 } = props;
  const { most = Number.POSITIVE_INFINITY } = props;
  const { width, top } = useBox(box);
  const isMeasured = width > 0;
  const columns = Math.max(1, Math.min(most, Math.floor((width + gap) / (narrowest + gap))));
  const itemWidth = (width - gap * (columns - 1)) / columns;
  const virtual = useWindowVirtualizer({
    count: isMeasured ? Math.ceil(items / columns) : 0,
    estimateSize: () => height(itemWidth),
    gap,
    overscan,
    measureElement: whenLaidOut,
    scrollMargin: top,
    scrollPaddingStart: TOP_BAR,
    scrollPaddingEnd: gap,
  });
  useLayoutEffect(() => {
    if (itemWidth > 0) virtual.measure();
  }, [itemWidth, virtual]);

  const lines = linesAhead(virtual, Math.floor(kept / columns));
  const [first, last] = [lines[0], lines.at(-1)];
  const from = (first?.index ?? 0) * columns;
  const to = Math.min(items, ((last?.index ?? -1) + 1) * columns);
  const drawn: Drawn[] = Array.from({ length: Math.max(0, to - from) }, (_, place) => ({
    index: from + place,
    line: place % columns === 0 ? (from + place) / columns : undefined,
    style: undefined,
  }));
  const place = virtual.measurementsCache[Math.floor(kept / columns)];
  if (kept >= 0 && kept < items && place && (kept < from || kept >= to)) {
    const left = (kept % columns) * (itemWidth + gap);
    const style = { position: 'absolute', top: place.start - top, left, width: itemWidth } as const;
    const alone = { index: kept, line: undefined, style };
    if (kept < from) drawn.unshift(alone);
    else drawn.push(alone);
  }
  if (!isMeasured) {
    const drawn = Array.from({ length: Math.min(items, AT_FIRST) }, (_, index) => ({
      ...UNPLACED,
      index,
    }));
    return { virtual, columns, inFirstLine: FIRST_LINE, drawn, style: styleAtFirst(props) };
  }
  const style: CSSProperties = {
    position: 'relative',
    display: 'grid',
    gap: `${gap}px`,
    gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
    paddingTop: first ? first.start - top : 0,
    paddingBottom: last ? virtual.getTotalSize() - (last.end - top) : 0,
    // The virtualizer corrects the scroll position itself.
    overflowAnchor: 'none',
  };
  return { virtual, columns, inFirstLine: columns, drawn, style };
}

/** A line as the browser has laid it out by itself: who asks at once makes it lay out the page twice for each. */
function whenLaidOut(
  line: Element,
  entry: ResizeObserverEntry | undefined,
  virtual: Virtualizer<Window, Element>,
): number {
  if (entry) return measureElement(line, entry, virtual);
  const index = virtual.indexFromElement(line);
  const { getItemKey, estimateSize } = virtual.options;
  return virtual.itemSizeCache.get(getItemKey(index)) ?? estimateSize(index);
}

type Virtual = ReturnType<typeof useWindowVirtualizer<Element>>;

/** From a line's beginning to the end of what it is called by. */
const HEADING = 44;

/**
 * Of the lines around the window those on the side that the page moves to. Also those next to the line that has the
 * focus, and the one before the first heading in sight: Tab, and who reads from heading to heading, would find
 * nothing there and leave the list.
 */
function linesAhead(virtual: Virtual, focused: number) {
  const lines = virtual.getVirtualItems();
  const { range, scrollDirection, scrollOffset } = virtual;
  if (range === null) return lines;
  const { startIndex, endIndex } = range;
  const isUpwards = scrollDirection === 'backward';
  const start = virtual.measurementsCache[startIndex]?.start ?? 0;
  const isBegun = start + HEADING < (scrollOffset ?? 0);
  return lines.filter(
    ({ index }) =>
      (index >= startIndex || isUpwards || !isBegun || focused === startIndex) &&
      (index <= endIndex || !isUpwards || focused === endIndex),
  );
}

const UNPLACED = { line: undefined, style: undefined };

/** As many beside each other as `columns` will say. */
function styleAtFirst({ gap, narrowest }: Pick<Lines, 'gap' | 'narrowest'>): CSSProperties {
  const column = Number.isFinite(narrowest) ? `minmax(min(100%, ${narrowest}px), 1fr)` : '100%';
  return {
    position: 'relative',
    display: 'grid',
    gap: `${gap}px`,
    gridTemplateColumns: `repeat(auto-fill, ${column})`,
  };
}
