import { AppError } from '@repo/foundation/errors';

/** A damaged picture stays damaged. */
const FINAL_MS = 600_000;
/** What took too long may have met a busy machine. */
const COSTLY_MS = 60_000;
const REMEMBERED = 10_000;

const FINAL: ReadonlySet<string> = new Set([
  'image_unsupported',
  'image_too_large',
  'image_damaged',
]);

/** Remembers which pictures could not be made, so that asking again does not cost as much again. */
export interface Refusals {
  /** Throws what was thrown the last time, for a while. */
  check(picture: { fileId: string; spec: string }, now: Date): void;
  note(picture: { fileId: string; spec: string }, error: unknown, now: Date): void;
}

/** Of this process alone: another one only finds out by itself. */
export function createRefusals(): Refusals {
  const known = new Map<string, { error: AppError; until: number }>();

  function look(name: string, now: Date): void {
    const found = known.get(name);
    if (found === undefined) return;
    if (now.getTime() < found.until) throw found.error;
    known.delete(name);
  }

  return {
    check({ fileId, spec }, now) {
      look(fileId, now);
      look(`${fileId} ${spec}`, now);
    },
    note({ fileId, spec }, error, now) {
      if (!(error instanceof AppError)) return;
      const isFinal = FINAL.has(error.code);
      if (!isFinal && error.code !== 'image_too_costly') return;
      const [oldest] = known.keys();
      if (known.size >= REMEMBERED && oldest !== undefined) known.delete(oldest);
      const until = now.getTime() + (isFinal ? FINAL_MS : COSTLY_MS);
      known.set(isFinal ? fileId : `${fileId} ${spec}`, { error, until });
    },
  };
}
