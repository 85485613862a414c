import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Tx } from '@repo/foundation/db';
import { newId, randomToken } from '@repo/foundation/ids';
import { seal, unseal } from '@repo/foundation/sealing';
import { and, desc, eq, gt, isNull, or } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { NO_KEYS, requireKeys } from '../storage-connection/credentials.ts';
import { type UploadthingKeyRow, uploadthingKey } from './table.ts';

/** Not the shape of a key of our own API, which refuses it before it looks it up. */
export const UT_KEY_PREFIX = 'sk_live_ut_';
const SIGNATURE_PREFIX = 'hmac-sha256=';

export const hashKey = (key: string) => createHash('sha256').update(key).digest('hex');

/** Adds a key; it is only in the answer, and in the row for nobody but the holder of ENCRYPTION_KEYS. */
export async function insertKey(
  tx: Tx,
  ctx: SlipwayContext,
  projectId: string,
): Promise<{ id: string; key: string }> {
  const id = newId('utk');
  const key = `${UT_KEY_PREFIX}${randomToken(32)}`;
  await tx.insert(uploadthingKey).values({
    id,
    projectId,
    secret: seal(requireKeys(ctx.buckets), { text: key, boundTo: id }),
    hash: hashKey(key),
    last4: key.slice(-4),
    createdAt: ctx.now(),
  });
  return { id, key };
}

/** The project's keys that work now, newest first. */
export async function liveKeys(
  ctx: SlipwayContext,
  projectId: string,
): Promise<UploadthingKeyRow[]> {
  return ctx.db
    .select()
    .from(uploadthingKey)
    .where(
      and(
        eq(uploadthingKey.projectId, projectId),
        or(isNull(uploadthingKey.expiresAt), gt(uploadthingKey.expiresAt, ctx.now())),
      ),
    )
    .orderBy(desc(uploadthingKey.createdAt), desc(uploadthingKey.id));
}

/** @throws `unavailable` when this installation has not the key that sealed it (any more). */
export function openSecret(ctx: SlipwayContext, { id, secret }: UploadthingKeyRow): string {
  try {
    return unseal(requireKeys(ctx.buckets), { sealed: secret, boundTo: id });
  } catch (cause) {
    throw slipwayError('unavailable', NO_KEYS, { cause });
  }
}

/** As UploadThing signs: `hmac-sha256=<hex>`. */
export function signText(secret: string, text: string): string {
  return `${SIGNATURE_PREFIX}${createHmac('sha256', secret).update(text).digest('hex')}`;
}

/** Of these keys the one that signed one of these texts; all are compared, each in constant time. */
export function signerOf(
  ctx: SlipwayContext,
  { keys, texts, signature }: { keys: UploadthingKeyRow[]; texts: string[]; signature: string },
): UploadthingKeyRow | undefined {
  const given = Buffer.from(signature);
  let found: UploadthingKeyRow | undefined;
  for (const key of keys) {
    const secret = openSecret(ctx, key);
    for (const text of texts) {
      const expected = Buffer.from(signText(secret, text));
      if (given.length === expected.length && timingSafeEqual(given, expected)) found = key;
    }
  }
  return found;
}
