import { and, eq, isNull } from 'drizzle-orm';
import type { KeyActor } from '../api-key/verify.ts';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { type Project, project } from '../project/table.ts';
import { hashKey, UT_KEY_PREFIX } from './key-secret.ts';
import { type UploadthingKeyRow, uploadthingKey } from './table.ts';

/** `lastUsedAt` is written at most this often. */
const LAST_USED_EVERY_MS = 60_000;

export interface UploadthingCaller {
  ctx: SlipwayContext;
  project: Project;
  key: UploadthingKeyRow;
}

/**
 * Who calls with `x-uploadthing-api-key`. Asks the database each time, by the key's hash: comparing
 * digests leaks nothing about a key, and one that was revoked is refused by the very next request.
 */
export async function verifyUploadthingKey(
  ctx: SlipwayContext,
  header: string | undefined,
): Promise<UploadthingCaller> {
  if (header === undefined || header === '')
    throw slipwayError('api_key_missing', 'Expected the header "x-uploadthing-api-key".');
  if (!header.startsWith(UT_KEY_PREFIX)) {
    throw slipwayError(
      'api_key_invalid',
      `This is no key for UploadThing’s SDK: expected ${UT_KEY_PREFIX}…, from the project’s settings.`,
    );
  }
  const [found] = await ctx.db
    .select({ key: uploadthingKey, project })
    .from(uploadthingKey)
    .innerJoin(project, eq(project.id, uploadthingKey.projectId))
    .where(and(eq(uploadthingKey.hash, hashKey(header)), isNull(project.deletedAt)));
  const { expiresAt = null } = found?.key ?? {};
  if (found === undefined || (expiresAt !== null && expiresAt <= ctx.now()))
    throw slipwayError('api_key_invalid', 'This key is unknown, or it was revoked.');
  await noteUse(ctx, found.key);
  return { ...found, ctx: asKey(ctx, found) };
}

export function actorOf({ id, projectId }: UploadthingKeyRow): KeyActor {
  return {
    type: 'api_key',
    keyId: id,
    ownerId: projectId,
    name: 'UploadThing SDK',
    scopes: ['admin'],
    isTest: false,
  };
}

/** A context in which this key acts, in its own project alone. */
export function asKey(
  ctx: SlipwayContext,
  { key, project: of }: { key: UploadthingKeyRow; project: Project },
): SlipwayContext {
  return { ...ctx, actor: actorOf(key), project: of };
}

export async function noteUse(ctx: SlipwayContext, key: UploadthingKeyRow): Promise<void> {
  const now = ctx.now();
  const { lastUsedAt } = key;
  if (lastUsedAt !== null && now.getTime() - lastUsedAt.getTime() < LAST_USED_EVERY_MS) return;
  await ctx.db.update(uploadthingKey).set({ lastUsedAt: now }).where(eq(uploadthingKey.id, key.id));
}
