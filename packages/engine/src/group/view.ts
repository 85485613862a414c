import { type Census, moveCensus, type Tally, takeCensus, tally } from './census.ts';
import type { Fingerprint } from './fingerprint.ts';

/** A fingerprint made ready for comparing. */
export type View = {
  readonly print: Fingerprint;
  /** At half the size: every cell with its neighbours 1, 2 and 4 cells away. */
  readonly coarse: Census;
  /** At full size, 1, 2, 4 and 8 cells away; made when first asked for. */
  readonly fine: () => Census;
};

/** In cells. Right and down are positive. */
export type Shift = { readonly x: number; readonly y: number };

/** How well two censuses agree at one shift: `b` is read at (x + shift.x, y + shift.y). */
export type Agreement = {
  readonly shift: Shift;
  /** Answers that agree less those that contradict, of all shared ones: -1..1. */
  readonly score: number;
  /** Answers that both have. */
  readonly shared: number;
};

/** Keeps few shared answers from making a high score by luck. */
const DAMPING = 50;

const NOWHERE: Shift = { x: -1, y: -1 };

export function viewOf(print: Fingerprint): View {
  let fine: Census | null = null;
  return {
    print,
    coarse: takeCensus(halve(print), [1, 2, 4]),
    fine: () => {
      fine ??= takeCensus(print, [1, 2, 4, 8]);
      return fine;
    },
  };
}

export function scoreOf({ agree, contradict }: Tally): number {
  return (agree - contradict) / (agree + contradict + DAMPING);
}

/** Agreement without a shift, the cheapest question of all. */
export function agreementInPlace(a: Census, b: Census): Agreement {
  const found = tally(a, b, 0);
  return { shift: { x: 0, y: 0 }, score: scoreOf(found), shared: found.agree + found.contradict };
}

type Search = {
  readonly around: Shift;
  /** Farthest shift from there, and from one that is tried to the next. */
  readonly reach: Shift;
  readonly step: number;
  /** Shifts no larger than this are left out. */
  readonly beyond?: Shift;
  /** Least number of shared answers; far shifts overlap too little to tell. */
  readonly least?: number;
};

/** The shift within reach at which two censuses agree best. */
export function bestShift(a: Census, b: Census, search: Search): Agreement {
  const { around, reach, step, beyond = NOWHERE, least = 0 } = search;
  let best: Agreement = { shift: around, score: -1, shared: 0 };
  for (let x = around.x - reach.x; x <= around.x + reach.x; x += step) {
    const moved = moveCensus(b, x);
    for (let y = around.y - reach.y; y <= around.y + reach.y; y += step) {
      if (Math.abs(y) >= a.height || (Math.abs(x) <= beyond.x && Math.abs(y) <= beyond.y)) continue;
      const found = tally(a, moved, y);
      const [score, shared] = [scoreOf(found), found.agree + found.contradict];
      if (score > best.score && shared >= least) best = { shift: { x, y }, score, shared };
    }
  }
  return best;
}

/** Mean of two by two cells; a last odd row or column is left out. */
function halve({ width, height, cells }: Fingerprint): Fingerprint {
  const half = { width: Math.max(1, width >> 1), height: Math.max(1, height >> 1) };
  const out = new Uint8Array(half.width * half.height);
  const right = width > 1 ? 1 : 0;
  const down = height > 1 ? width : 0;
  for (let y = 0; y < half.height; y++) {
    for (let x = 0; x < half.width; x++) {
      const at = 2 * (y * width + x);
      const upper = (cells[at] as number) + (cells[at + right] as number);
      const lower = (cells[at + down] as number) + (cells[at + down + right] as number);
      out[y * half.width + x] = Math.round((upper + lower) / 4);
    }
  }
  return { ...half, cells: out };
}
