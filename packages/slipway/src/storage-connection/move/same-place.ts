import { randomToken } from '@repo/foundation/ids';
import type { Storage } from '../../storage/storage.ts';

/**
 * Whether two storages are one bucket under two names. A move between them would take an object for its
 * own copy, and delete both. Found by putting something into one and looking for it in the other.
 *
 * @throws what the storages throw: who cannot tell must not go on.
 */
export async function isSamePlace(
  { projectId }: { projectId: string },
  one: Storage,
  other: Storage,
): Promise<boolean> {
  if (one.name === other.name) return true;
  if (one.kind !== other.kind) return false;
  // Of the project, so that what a crash leaves here is removed as any object without a row.
  const key = `${projectId}/${randomToken(32)}`;
  try {
    await one.put({ key, type: 'text/plain', body: Buffer.from('which bucket is this?') });
    return (await other.head(key)) !== null;
  } finally {
    await one.delete(key);
  }
}

/** Asks once for each pair, for the time of one piece of work. */
export function createPlaces(project: { projectId: string }) {
  const answers = new Map<string, Promise<boolean>>();
  return (one: Storage, other: Storage): Promise<boolean> => {
    const name = `${one.name}\n${other.name}`;
    const known = answers.get(name) ?? isSamePlace(project, one, other);
    answers.set(name, known);
    return known;
  };
}
