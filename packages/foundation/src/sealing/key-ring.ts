import { createSecretKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';

/** A key that seals credentials, by the name under which they remember it. */
export interface SealingKey {
  id: string;
  key: KeyObject;
}

/** The first one seals; all of them open what they sealed. */
export type KeyRing = readonly [SealingKey, ...SealingKey[]];

const ENTRY = /^([0-9A-Za-z_-]{1,32}):([0-9A-Fa-f]{64})$/;
const HINT = 'expected id:64 hex digits, for example k1: and what `openssl rand -hex 32` prints';

/** `id:64 hex digits`, newest first, with commas between. Says everything that is wrong, and nothing of a key. */
export const keyRing = z.string().transform((text, issues): KeyRing => {
  const problem = (message: string) => issues.addIssue({ code: 'custom', message });
  const keys: SealingKey[] = [];
  for (const [index, entry] of text.split(',').entries()) {
    const [, id, hex] = ENTRY.exec(entry.trim()) ?? [];
    const place = `key ${index + 1}`;
    if (id === undefined || hex === undefined) {
      problem(`${place}: ${HINT}`);
      continue;
    }
    const bytes = Buffer.from(hex, 'hex');
    const key = createSecretKey(bytes);
    // A placeholder of zeros, or of one pattern again and again.
    if (new Set(bytes).size < 8) problem(`${place}: expected random bytes; ${HINT}`);
    if (keys.some((other) => other.id === id)) problem(`${place}: the id "${id}" came before`);
    if (keys.some((other) => other.key.equals(key))) problem(`${place}: the same key came before`);
    keys.push({ id, key });
  }
  const [newest, ...older] = keys;
  // Without one there is a problem, and nobody gets this.
  return newest === undefined ? z.NEVER : [newest, ...older];
});
