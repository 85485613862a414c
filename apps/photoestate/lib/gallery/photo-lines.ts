/** Photos beside each other, all as high as the line. */
export interface PhotoLine {
  from: number;
  /** The first that is no longer in it. */
  to: number;
  top: number;
  height: number;
}

interface Room {
  width: number;
  gap: number;
  /** How high lines are at least; less only where a single photo is wider than all the room. */
  row: number;
}

/**
 * Where a browser lays photos out that wrap and grow by their own shapes: as many in a line as find room at the
 * least height, grown until it is full; the last line does not grow.
 *
 * @param ratios Of each photo's width to its height.
 */
export function photoLines(ratios: readonly number[], { width, gap, row }: Room): PhotoLine[] {
  const lines: PhotoLine[] = [];
  let top = 0;
  for (let from = 0; from < ratios.length; ) {
    let [to, sum] = [from, 0];
    while (to < ratios.length) {
      const next = sum + (ratios[to] ?? 1);
      if (to > from && next * row + gap * (to - from) > width) break;
      [to, sum] = [to + 1, next];
    }
    const full = (width - gap * (to - from - 1)) / sum;
    const height = to === ratios.length ? Math.min(row, full) : full;
    lines.push({ from, to, top, height });
    top += height + gap;
    from = to;
  }
  return lines;
}

/** Fewer are never drawn, so that pictures are asked for before they are in sight. */
const DRAWN = 28;

type Around = { first: number; last: number; isUpwards: boolean };

/** The lines in sight, one before and after them, and as many more on the side that the page moves to as have room. */
export function linesAround(lines: readonly PhotoLine[], { first, last, isUpwards }: Around) {
  const end = lines.length - 1;
  let [from, to] = [Math.max(0, first - 1), Math.min(end, last + 1)];
  const photos = () => (lines[to]?.to ?? 0) - (lines[from]?.from ?? 0);
  while (photos() < DRAWN && (isUpwards ? from > 0 : to < end)) {
    if (isUpwards) from -= 1;
    else to += 1;
  }
  return lines.slice(from, to + 1);
}
