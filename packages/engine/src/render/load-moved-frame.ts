import { followedBy, moved } from '../align/homography.ts';
import type { Pool } from '../parallel/pool.ts';
import type { Task } from '../parallel/protocol.ts';
import { CUBIC_WEIGHTS } from '../pixels/cubic.ts';
import type { Homography } from '../plan/plan.ts';
import type { Codes } from './load-frame.ts';
import type { YccRef } from './planes.ts';

/** Bytes of one strip of resampled codes. Two are filled while two are worked on. */
const STRIP_BYTES = 2 * 1024 * 1024;
const STAGES = 4;

/** Kernels read and write up to this many bytes after the last code. */
const SLACK = 96;

/** Rows of the frame that are read above and below the place of a pixel. */
const REACH = 3;

/** The kernel's weights, 1.0 = 8192. */
const WEIGHT_ONE = 8192;

type MovedCodes = Codes & {
  /** Of the whole frame, in pixels. */
  readonly height: number;
  /** Pixel of the reference -> pixel of this frame, both at full size. */
  readonly toFrame: Homography;
};

/**
 * Turns decoded codes of a frame that moved into planes that lie on the reference: `warpOverview` at full
 * size. Strip by strip the rows that are needed are copied to shared memory and resampled there.
 */
export async function loadMovedFrame(pool: Pool, codes: MovedCodes, into: YccRef): Promise<void> {
  const { arena } = pool;
  const bytes = codes.data instanceof Uint16Array ? 6 : 3;
  const { width, height } = into.y;
  const rows = Math.max(2, 2 * Math.floor(STRIP_BYTES / (width * bytes) / 2));
  const toFrame = followedBy([1, 0, codes.left, 0, 1, codes.top, 0, 0, 1], codes.toFrame);
  const strips: Strip[] = [];
  for (let from = 0; from < height; from += rows) {
    const to = Math.min(height, from + rows);
    strips.push({ from, to, ...rowsBehind(toFrame, { width, from, to }, codes.height) });
  }
  const mark = arena.take(0);
  const weights = arena.take(CUBIC_WEIGHTS.length * 2);
  arena.int16(weights, CUBIC_WEIGHTS.length).set(wholeWeights());
  const tallest = Math.max(...strips.map(({ first, last }) => last - first));
  const stages = Array.from({ length: STAGES }, () => ({
    source: arena.take(tallest * codes.width * bytes + SLACK),
    result: arena.take(rows * width * bytes + SLACK),
  }));
  let working: Promise<void> = Promise.resolve();
  for (let turn = 0; turn * 2 < strips.length; turn++) {
    const tasks = strips.slice(turn * 2, turn * 2 + 2).map((strip, half) => {
      const stage = stages[(turn % 2) * 2 + half] ?? { source: 0, result: 0 };
      copyRows(pool, codes, { strip, address: stage.source });
      return taskOf({ codes, bytes, toFrame, weights, into }, strip, stage);
    });
    await working;
    working = pool.run(tasks);
  }
  await working;
  arena.release(mark);
}

/** Rows `from`..`to` of the reference need the rows `first`..`last` of the frame; ends not included. */
type Strip = {
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly last: number;
};

/** A homography keeps straight lines, so the extremes are at the corners. */
function rowsBehind(
  toFrame: Homography,
  { width, from, to }: { readonly width: number; readonly from: number; readonly to: number },
  height: number,
): { first: number; last: number } {
  const ys = [0, width].flatMap((x) => [from, to].map((y) => moved(toFrame, x, y).y));
  const first = Math.min(height - 4, Math.max(0, Math.floor(Math.min(...ys)) - REACH));
  const last = Math.max(first + 4, Math.min(height, Math.ceil(Math.max(...ys)) + REACH));
  return { first, last };
}

type Copy = { readonly strip: Strip; readonly address: number };

function copyRows({ arena }: Pool, { data, width }: MovedCodes, { strip, address }: Copy): void {
  const step = width * (data instanceof Uint16Array ? 6 : 3);
  const source = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const [start, end] = [strip.first * step, strip.last * step];
  arena.bytes(address, end - start).set(source.subarray(start, end));
}

type Work = {
  readonly codes: MovedCodes;
  readonly bytes: number;
  readonly toFrame: Homography;
  readonly weights: number;
  readonly into: YccRef;
};

function taskOf(
  { codes, bytes, toFrame, weights, into }: Work,
  { from, to, first, last }: Strip,
  { source, result }: { readonly source: number; readonly result: number },
): Task {
  const { y, cb, cr } = into;
  const step = y.width * bytes;
  return [
    [
      bytes === 3 ? 'align.resample8' : 'align.resample16',
      ...[source, codes.width * bytes, codes.width, first, last],
      ...toFrame.slice(0, 8),
      ...[weights, y.width, from, to, result, step],
    ],
    [
      bytes === 3 ? 'planes.planes8' : 'planes.planes16',
      ...[result, step, y.width, y.height, from, to],
      ...[y.address, y.stride, cb.address, cr.address, cb.stride],
    ],
  ];
}

/** Rounded so that every four add up: what is even stays even. */
function wholeWeights(): Int16Array {
  const whole = Int16Array.from(CUBIC_WEIGHTS, (weight) => Math.round(weight * WEIGHT_ONE));
  for (let i = 0; i < whole.length; i += 4) {
    const four = whole.subarray(i, i + 4);
    const missing = WEIGHT_ONE - four.reduce((sum, weight) => sum + weight, 0);
    const largest = (four[1] as number) >= (four[2] as number) ? 1 : 2;
    four[largest] = (four[largest] as number) + missing;
  }
  return whole;
}
