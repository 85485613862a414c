import type { Capabilities } from '../storage/capabilities.ts';

const MIB = 1024 ** 2;
/** Small enough to send again without regret, large enough that requests cost nothing beside it. */
const SMALLEST_PART = 8 * MIB;
/** Some storages take no more (Scaleway); everywhere it keeps lists short. */
const MOST_PARTS = 1000;

export interface PartLayout {
  /** Bytes of every part but the last. */
  partSize: number;
  partCount: number;
}

/** Equal parts but the last, as every S3 takes them; null when the file is no larger than one part. */
export function partLayout(size: number, can: Capabilities): PartLayout | null {
  const atMost = Math.min(MOST_PARTS, can.maxParts);
  const needed = Math.ceil(size / atMost / MIB) * MIB;
  const partSize = Math.max(SMALLEST_PART, can.minPartSize, needed);
  return size <= partSize ? null : { partSize, partCount: Math.ceil(size / partSize) };
}

/** Bytes of part `number` (from 1) of a file. */
export function sizeOfPart(number: number, file: { size: number; partSize: number }): number {
  return Math.min(file.partSize, file.size - (number - 1) * file.partSize);
}
