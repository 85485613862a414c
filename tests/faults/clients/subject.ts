import { createHash } from 'node:crypto';
import type { Random } from '../random.ts';

/** How a file is sent: in one PUT, in parts, or by tus. */
export const WAYS = ['single', 'multipart', 'tus'] as const;
export type Way = (typeof WAYS)[number];

/** A file to upload, and what must be found of it afterwards. */
export interface Subject {
  /** Unlike any other's. */
  readonly name: string;
  readonly way: Way;
  readonly bytes: Buffer<ArrayBuffer>;
  readonly sha256: string;
}

const MIB = 1024 ** 2;
/** Slipway's smallest part; what is larger comes in parts. */
export const PART_BYTES = 8 * MIB;

const SIZES: Readonly<Record<Way, readonly [least: number, most: number]>> = {
  single: [1, 400_000],
  multipart: [PART_BYTES + 1, PART_BYTES + 2 * MIB],
  tus: [1, 3 * MIB],
};

/** Of a size that its way makes sense for. */
export function makeSubject(random: Random, way: Way, name: string): Subject {
  const own = random.fork(name);
  const [least, most] = SIZES[way];
  const bytes = own.bytes(least + own.int(most - least));
  // Noise now and then looks like a picture by chance; text never does.
  bytes.write('noise ', 0, Math.min(6, bytes.length), 'latin1');
  return { name: `${name}.bin`, way, bytes, sha256: digestOf(bytes) };
}

export const digestOf = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');
