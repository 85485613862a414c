import type { Pool } from '../parallel/pool.ts';
import type { Task } from '../parallel/protocol.ts';
import type { YccRef } from './planes.ts';

/** Bytes of one strip of codes. Two are filled while two are worked on. */
const STAGE_BYTES = 1.5 * 1024 * 1024;
const STAGES = 4;

/** Kernels read up to this many bytes after the last code. */
const SLACK = 96;

/** Interleaved RGB codes of a whole frame, and where the part that is wanted begins, in pixels. */
export type Codes = {
  readonly data: Uint8Array | Uint16Array;
  readonly width: number;
  readonly left: number;
  readonly top: number;
};

/**
 * Turns decoded codes into planes. The codes are copied to shared memory strip by strip, so that they
 * are never there as a whole.
 */
export async function loadFrame(pool: Pool, codes: Codes, into: YccRef): Promise<void> {
  const { arena } = pool;
  const bytes = codes.data instanceof Uint16Array ? 6 : 3;
  const step = codes.width * bytes;
  const source = new Uint8Array(codes.data.buffer, codes.data.byteOffset, codes.data.byteLength);
  const { width, height } = into.y;
  const rows = Math.max(2, 2 * Math.floor(STAGE_BYTES / step / 2));
  const mark = arena.take(0);
  const stages = Array.from({ length: STAGES }, () => arena.take(rows * step + SLACK));
  const fill = (stage: number, from: number): Task => {
    const to = Math.min(height, from + rows);
    const at = (codes.top + from) * step + codes.left * bytes;
    const end = Math.min(source.length, (codes.top + to) * step);
    arena.bytes(stage, end - at).set(source.subarray(at, end));
    return [
      [
        bytes === 3 ? 'planes.planes8' : 'planes.planes16',
        ...[stage, step, width, height, from, to],
        ...[into.y.address, into.y.stride, into.cb.address, into.cr.address, into.cb.stride],
      ],
    ];
  };
  let working: Promise<void> = Promise.resolve();
  for (let from = 0, turn = 0; from < height; turn++) {
    const tasks: Task[] = [];
    for (let half = 0; half < STAGES / 2 && from < height; half++, from += rows)
      tasks.push(fill(stages[(turn % 2) * (STAGES / 2) + half] ?? 0, from));
    await working;
    working = pool.run(tasks);
  }
  await working;
  arena.release(mark);
}
