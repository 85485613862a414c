import { dilate, erode, type Size } from './morphology.ts';

/** Places that belong together; `labels[i]` is 0 outside of all, else 1..`count`. */
export type Regions = { readonly labels: Int32Array; readonly count: number };

export type RegionSettings = {
  /** A region has pixels above `strong` and reaches as far as they are above `weak`. */
  readonly weak: number;
  readonly strong: number;
  /** Pixels above `weak`, and of them above `strong`, that a region has at least. */
  readonly leastArea: number;
  readonly leastStrong: number;
  /** What lies less than twice this far apart (pixels) is joined, for it is parts of one thing. */
  readonly join: number;
  /** Pixels by which regions reach beyond what was found. */
  readonly margin: number;
};

/** Cuts a map into regions. Lines a pixel or two thin are opened away: edges, mostly. */
export function findRegions(map: Uint16Array, size: Size, settings: RegionSettings): Regions {
  const labels = new Int32Array(map.length);
  if (countAbove(map, settings.strong) < settings.leastStrong) return { labels, count: 0 };
  const open = dilate(erode(marksAbove(map, settings.weak), size, 1), size, 1);
  const span = spanOf(open);
  if (span === null) return { labels, count: 0 };
  const joined = joinParts(map, open, { size, settings, span });
  const queue = new Int32Array(map.length);
  let count = 0;
  let dismissed = false;
  for (let start = 0; start < map.length; start++) {
    if (joined[start] === 0 || labels[start] !== 0) continue;
    const area = flood({ open: joined, labels, queue }, size, { start, label: count + 1 });
    const pixels = queue.subarray(0, area);
    if (isRegion(map, open, { pixels, settings })) count++;
    else {
      dismissed = true;
      for (let i = 0; i < area; i++) labels[pixels[i] as number] = DISMISSED;
    }
  }
  if (dismissed) for (let i = 0; i < labels.length; i++) if (labels[i] === DISMISSED) labels[i] = 0;
  return { labels, count };
}

const DISMISSED = -1;

function marksAbove(map: Uint16Array, limit: number): Uint8Array {
  const marks = new Uint8Array(map.length);
  for (let i = 0; i < map.length; i++) marks[i] = (map[i] as number) > limit ? 1 : 0;
  return marks;
}

/** First and last mark. */
type Span = { readonly first: number; readonly last: number };

function spanOf(marks: Uint8Array): Span | null {
  const first = marks.indexOf(1);
  return first < 0 ? null : { first, last: marks.lastIndexOf(1) };
}

type Joining = { readonly size: Size; readonly settings: RegionSettings; readonly span: Span };

/** Beside what is certain the faintest contradiction belongs to it; gaps between parts are closed. */
function joinParts(
  map: Uint16Array,
  open: Uint8Array,
  { size: { width, height }, settings: { join, margin }, span }: Joining,
): Uint8Array {
  // Nothing reaches this far beyond the marks.
  const reach = 2 * join + 1;
  const top = Math.max(0, Math.floor(span.first / width) - reach);
  const bottom = Math.min(height, Math.floor(span.last / width) + 1 + reach);
  const [from, to] = [top * width, bottom * width];
  const part = { width, height: bottom - top };
  const near = dilate(open.subarray(from, to), part, join);
  for (let i = 0, at = from; at < to; i++, at++)
    near[i] = open[at] === 1 || (near[i] === 1 && (map[at] as number) > 0) ? 1 : 0;
  const joined = new Uint8Array(map.length);
  joined.set(erode(dilate(near, part, join), part, join - margin), from);
  return joined;
}

function countAbove(map: Uint16Array, limit: number): number {
  let count = 0;
  for (let i = 0; i < map.length; i++) if ((map[i] as number) > limit) count++;
  return count;
}

type Candidate = { readonly pixels: Int32Array; readonly settings: RegionSettings };

function isRegion(map: Uint16Array, open: Uint8Array, { pixels, settings }: Candidate): boolean {
  let [weak, strong] = [0, 0];
  for (let i = 0; i < pixels.length; i++) {
    const at = pixels[i] as number;
    if (open[at] === 0) continue;
    weak++;
    if ((map[at] as number) > settings.strong) strong++;
  }
  return weak >= settings.leastArea && strong >= settings.leastStrong;
}

type Flooding = {
  readonly open: Uint8Array;
  readonly labels: Int32Array;
  /** Begins with the pixels of the region afterwards. */
  readonly queue: Int32Array;
};

/** Labels everything that touches `start`, diagonals included. @returns number of pixels */
function flood(
  { open, labels, queue }: Flooding,
  { width, height }: Size,
  { start, label }: { readonly start: number; readonly label: number },
): number {
  let [head, tail] = [0, 1];
  queue[0] = start;
  labels[start] = label;
  while (head < tail) {
    const at = queue[head++] as number;
    const x = at % width;
    const y = (at - x) / width;
    for (let j = Math.max(0, y - 1); j <= Math.min(height - 1, y + 1); j++) {
      for (let i = Math.max(0, x - 1); i <= Math.min(width - 1, x + 1); i++) {
        const next = j * width + i;
        if (open[next] === 0 || labels[next] !== 0) continue;
        labels[next] = label;
        queue[tail++] = next;
      }
    }
  }
  return tail;
}

/**
 * Gives holes inside a region to it, as far as together they are not larger than the region: what has
 * the colour of what is behind it has moved all the same.
 */
export function fillHoles({ labels, count }: Regions, size: Size): void {
  const boxes = boxesOf(labels, size, count);
  for (let label = 1; label <= count; label++) {
    const box = boxes[label];
    if (box === undefined) continue;
    const open = insideOf({ labels, label }, size, box);
    const [across, down] = [box.right - box.left + 3, box.bottom - box.top + 3];
    const outside = new Int32Array(open.length);
    const queue = new Int32Array(open.length);
    const reached = flood(
      { open, labels: outside, queue },
      { width: across, height: down },
      { start: 0, label: 1 },
    );
    if (open.length - reached > 2 * box.area) continue;
    for (let j = 0; j < down - 2; j++) {
      for (let i = 0; i < across - 2; i++) {
        const at = (box.top + j) * size.width + box.left + i;
        if (labels[at] === 0 && outside[(j + 1) * across + i + 1] === 0) labels[at] = label;
      }
    }
  }
}

type Box = { left: number; top: number; right: number; bottom: number; area: number };

function boxesOf(labels: Int32Array, { width, height }: Size, count: number): Box[] {
  const boxes = Array.from({ length: count + 1 }, (): Box => {
    return { left: width, top: height, right: 0, bottom: 0, area: 0 };
  });
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      if (labels[at] === 0) continue;
      const box = boxes[labels[at] as number];
      if (box === undefined) continue;
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y);
      box.area++;
    }
  }
  return boxes;
}

/** 1 where the box around a region, a pixel wider on every side, is not the region. */
function insideOf(
  { labels, label }: { readonly labels: Int32Array; readonly label: number },
  { width }: Size,
  { left, top, right, bottom }: Box,
): Uint8Array {
  const across = right - left + 3;
  const open = new Uint8Array(across * (bottom - top + 3)).fill(1);
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++)
      if (labels[y * width + x] === label) open[(y - top + 1) * across + x - left + 1] = 0;
  }
  return open;
}
