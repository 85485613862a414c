import { availableParallelism, totalmem } from 'node:os';
import process from 'node:process';

/**
 * What a photo takes at its peak, measured: 24-megapixel brackets stay below 600 MB, 61 megapixels take
 * 1.3 GB, however many exposures there are.
 */
const PHOTO_MB = 1500;
/** For the app itself and Postgres beside it. */
const OTHERS_MB = 1024;
/** Reading and writing files keep one core busy and no more, so two photos share what one leaves idle. */
const CORES_EACH = 2;

export interface Machine {
  cores: number;
  memoryMb: number;
}

/** Of a container its limits, not those of the computer that it runs on. */
export function machineOfThisProcess(): Machine {
  const limit = process.constrainedMemory();
  const bytes = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  return { cores: availableParallelism(), memoryMb: bytes / 1_048_576 };
}

/** Photos that are enhanced at once, at least one: each in a process of its own. */
export function photosAtOnce({ cores, memoryMb }: Machine): number {
  const byMemory = (memoryMb - OTHERS_MB) / PHOTO_MB;
  return Math.max(1, Math.floor(Math.min(cores / CORES_EACH, byMemory)));
}

/** Threads for each of them. The result does not depend on it. */
export function threadsEach({ cores }: Machine, atOnce: number): number {
  return Math.max(1, Math.floor(cores / atOnce));
}
