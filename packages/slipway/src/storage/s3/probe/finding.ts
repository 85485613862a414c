import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { randomToken } from '@repo/foundation/ids';
import type { Storage } from '../../storage.ts';
import { describe, refusalOf } from './answer.ts';

/** What came of trying something. */
export interface Finding {
  able: boolean;
  /** In words, for people: a clause that follows a colon. */
  seen: string;
}

export const yes = (seen: string): Finding => ({ able: true, seen });
export const no = (seen: string): Finding => ({ able: false, seen });

/**
 * A refusal is a finding; that nothing, or only "busy", comes back is none.
 *
 * @throws what the server never answered.
 */
export async function trying(what: string, work: () => Promise<Finding>): Promise<Finding> {
  try {
    return await work();
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    return no(`${what} was refused with ${describe(refusal)}`);
  }
}

export const someBytes = (length = 64) => Buffer.from(randomToken(length));

export async function contentOf(storage: Storage, key: string): Promise<Buffer | null> {
  const stream: Readable | null = await storage.read(key);
  return stream === null ? null : buffer(stream);
}

/** Whether exactly these bytes are there. */
export async function holds(storage: Storage, key: string, bytes: Buffer): Promise<boolean> {
  return (await contentOf(storage, key))?.equals(bytes) === true;
}
