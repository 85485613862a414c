import { type Census, countBits, moveCensus, type Tally } from './census.ts';
import { fitSimilarity } from './fit-similarity.ts';
import { type Shift, scoreOf } from './view.ts';

/** How one view lies on another, in cells and about their middles. */
export type Displacement = {
  /** Cells to the right and down. */
  readonly x: number;
  readonly y: number;
  /** 0.01: one percent larger. */
  readonly growth: number;
  /** Radians. */
  readonly turn: number;
  /** Cells by which the parts of the view disagree with all that, weighted root mean square. */
  readonly spread: number;
  /** Score of the parts, each at its own best shift. */
  readonly score: number;
};

/** Where one part of a view lies best on the other view. */
export type PartMove = {
  /** Middle of the part, from the middle of the view, in cells. */
  readonly x: number;
  readonly y: number;
  /** Cells it lies off, and how clearly: a part with level lines only knows nothing of left and right. */
  readonly right: number;
  readonly rightWeight: number;
  readonly down: number;
  readonly downWeight: number;
};

/** How far a part may lie from where the whole lies, in cells. */
const REACH = 3;
const SIDE = 2 * REACH + 1;
/** Rows and columns of one part; sixteen columns are half a word. */
const PART = 16;
/** How little a part at the rim of its reach has to say. */
const AT_THE_RIM = 0.02;

/**
 * Finds how `b` lies on `a` by looking for each part of the view on its own.
 * @param around where the whole of `b` lies best on `a`
 */
export function findDisplacement(a: Census, b: Census, around: Shift): Displacement {
  const moved = Array.from({ length: SIDE }, (_, i) => moveCensus(b, around.x + i - REACH));
  let [agree, contradict] = [0, 0];
  const moves: PartMove[] = [];
  for (const box of partsOf(a)) {
    const tallies = talliesOf(box, { a, moved, around });
    const best = bestOf(tallies);
    const found = tallies[best] as Tally;
    if (found.agree + found.contradict === 0) continue;
    agree += found.agree;
    contradict += found.contradict;
    moves.push(moveOf(box, tallies, best));
  }
  const fit = fitSimilarity(moves);
  return {
    ...fit,
    x: around.x + fit.x,
    y: around.y + fit.y,
    score: scoreOf({ agree, contradict }),
  };
}

/** `left` and so on in cells; `x` and `y` of its middle as in `PartMove`. */
type Box = { left: number; top: number; bottom: number; x: number; y: number };

function partsOf({ width, height }: Census): Box[] {
  const rows = Math.max(1, Math.round(height / PART));
  const boxes: Box[] = [];
  for (let row = 0; row < rows; row++) {
    const top = Math.floor((row * height) / rows);
    const bottom = Math.floor(((row + 1) * height) / rows);
    for (let left = 0; left < width; left += PART) {
      const x = (left + Math.min(width, left + PART) - width) / 2;
      boxes.push({ left, top, bottom, x, y: (top + bottom - height) / 2 });
    }
  }
  return boxes;
}

type Pair = { readonly a: Census; readonly moved: readonly Census[]; readonly around: Shift };

/** One tally for each shift, row by row. */
function talliesOf(box: Box, { a, moved, around }: Pair): Tally[] {
  const tallies: Tally[] = [];
  for (let y = -REACH; y <= REACH; y++)
    for (const b of moved) tallies.push(tallyPart({ a, b }, box, around.y + y));
  return tallies;
}

function tallyPart({ a, b }: { a: Census; b: Census }, box: Box, down: number): Tally {
  const mask = (box.left & 31) === 0 ? 0xffff : 0xffff0000;
  const plane = a.height * a.words;
  const top = Math.max(box.top, -down);
  const bottom = Math.min(box.bottom, a.height - down);
  let [agree, contradict] = [0, 0];
  for (let relation = 0; relation < a.relations; relation++) {
    let i = relation * plane + top * a.words + (box.left >> 5);
    for (let y = top; y < bottom; y++, i += a.words) {
      const brightA = (a.brighter[i] as number) & mask;
      const darkA = (a.darker[i] as number) & mask;
      if ((brightA | darkA) === 0) continue;
      const brightB = b.brighter[i + down * a.words] as number;
      const darkB = b.darker[i + down * a.words] as number;
      agree += countBits((brightA & brightB) | (darkA & darkB));
      contradict += countBits((brightA & darkB) | (darkA & brightB));
    }
  }
  return { agree, contradict };
}

function bestOf(tallies: readonly Tally[]): number {
  let best = 0;
  for (let i = 1; i < tallies.length; i++)
    if (scoreOf(tallies[i] as Tally) > scoreOf(tallies[best] as Tally)) best = i;
  return best;
}

function moveOf({ x, y }: Box, tallies: readonly Tally[], best: number): PartMove {
  const { agree, contradict } = tallies[best] as Tally;
  const [column, row] = [best % SIDE, Math.floor(best / SIDE)];
  const scoreAt = (index: number): number => scoreOf(tallies[index] as Tally);
  const across = isRim(column) ? null : peakOf([best - 1, best, best + 1].map(scoreAt));
  const along = isRim(row) ? null : peakOf([best - SIDE, best, best + SIDE].map(scoreAt));
  return {
    x,
    y,
    right: column - REACH + (across?.offset ?? 0),
    rightWeight: (across?.sharpness ?? AT_THE_RIM) * (agree + contradict),
    down: row - REACH + (along?.offset ?? 0),
    downWeight: (along?.sharpness ?? AT_THE_RIM) * (agree + contradict),
  };
}

function isRim(place: number): boolean {
  return place === 0 || place === SIDE - 1;
}

/** Top of the parabola through three scores, from the middle one, and how pointed it is. */
function peakOf([before = 0, here = 0, after = 0]: readonly number[]) {
  const bend = 2 * here - before - after;
  if (bend <= 0) return { offset: 0, sharpness: 0 };
  const offset = Math.min(0.5, Math.max(-0.5, (after - before) / (2 * bend)));
  return { offset, sharpness: bend };
}
