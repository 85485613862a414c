import { actorOf, requireAlive } from '@repo/foundation/api-key';
import type { Tx } from '@repo/foundation/db';
import { AppError } from '@repo/foundation/errors';
import { newId } from '@repo/foundation/ids';
import { and, eq, isNull, lt, sql } from 'drizzle-orm';
import { z } from 'zod';
import { apiKey } from '../api-key/table.ts';
import type { KeyActor } from '../api-key/verify.ts';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { checkVisibility } from '../file/check-rules.ts';
import { effectiveRules } from '../file/effective-rules.ts';
import { requireProject } from '../project/internal.ts';
import { type Project, project } from '../project/table.ts';
import { TUS_PATH } from './capability.ts';
import { largestFile } from './limits.ts';
import { uploadTokenUse } from './table.ts';
import { RequestUploadToken, type UploadToken, UploadTokenLimits } from './upload-token-schema.ts';

const PURPOSE = 'upload token';
export const UPLOAD_TOKEN_PREFIX = 'ut_';

/** What a token says, and nobody can change. */
const Grant = z.object({ id: z.string(), keyId: z.string(), limits: UploadTokenLimits });

export interface VerifiedToken {
  id: string;
  expiresAt: Date;
  limits: UploadTokenLimits;
  /** Its key: with that one the token ends. */
  actor: KeyActor;
  project: Project;
}

/** A token that lets a browser create tus uploads for a while, within limits, without the key. */
export async function createUploadToken(
  ctx: SlipwayContext,
  call: { projectId: string; request: RequestUploadToken },
): Promise<UploadToken> {
  const project = await requireProject(ctx, call.projectId, 'file.upload');
  if (ctx.actor.type !== 'api_key')
    throw slipwayError('forbidden', 'Expected an API key; only those make upload tokens.');
  const { expiresIn, ...limits } = RequestUploadToken.parse(call.request);
  // As each of its uploads would be: better now than in a browser.
  const rules = effectiveRules(project.rules, limits, { now: ctx.now() });
  checkVisibility(limits, { project, ...rules });
  // Whole seconds in the address: rather a part of one more than less than was asked for.
  const expires = Math.ceil(ctx.now().getTime() / 1000) + expiresIn;
  const grant: z.infer<typeof Grant> = { id: newId('ut'), keyId: ctx.actor.keyId, limits };
  const signed = ctx.signer.sign({
    purpose: PURPOSE,
    path: TUS_PATH,
    params: { grant: Buffer.from(JSON.stringify(grant)).toString('base64url') },
    expires,
  });
  const query = signed.slice(signed.indexOf('?') + 1);
  return {
    token: `${UPLOAD_TOKEN_PREFIX}${Buffer.from(query).toString('base64url')}`,
    endpoint: `${ctx.config.publicUrl}${TUS_PATH}`,
    expiresAt: new Date(expires * 1000).toISOString(),
  };
}

/**
 * The project and the limits behind a token.
 *
 * @throws `upload_token_invalid`.
 */
export async function verifyUploadToken(
  ctx: SlipwayContext,
  token: string,
): Promise<VerifiedToken> {
  const { grant, expiresAt } = readToken(ctx, token);
  const [found] = await ctx.db
    .select({ key: apiKey, project })
    .from(apiKey)
    .innerJoin(project, eq(project.id, apiKey.ownerId))
    .where(and(eq(apiKey.id, grant.keyId), isNull(project.deletedAt)));
  if (found === undefined) throw invalid('The key that made this upload token is no more.');
  try {
    requireAlive(found.key, ctx.now());
  } catch (error) {
    throw invalid('The key that made this upload token was revoked, or is over.', error);
  }
  return {
    id: grant.id,
    expiresAt,
    limits: grant.limits,
    actor: actorOf(found.key),
    project: found.project,
  };
}

function readToken(ctx: SlipwayContext, token: string) {
  const query = new URLSearchParams(
    Buffer.from(token.slice(UPLOAD_TOKEN_PREFIX.length), 'base64url').toString(),
  );
  try {
    const params = ctx.signer.verify({ purpose: PURPOSE, path: TUS_PATH, query, now: ctx.now() });
    const text = Buffer.from(params['grant'] ?? '', 'base64url').toString();
    const expiresAt = new Date(Number(params['expires']) * 1000);
    return { grant: Grant.parse(JSON.parse(text)), expiresAt };
  } catch (error) {
    const over = error instanceof AppError && error.code === 'url_expired';
    throw invalid(over ? 'This upload token is over.' : 'This is no upload token of ours.', error);
  }
}

const invalid = (message: string, cause?: unknown) =>
  slipwayError('upload_token_invalid', message, { cause });

/** Of each file that a token allows. */
const PIECES_PER_FILE = 64;

/** What a creation takes of its token. */
interface TokenUse {
  files: number;
  pieces: number;
  /** The most that the piece may have. */
  pieceBytes: number;
}

/**
 * Counts a file against its token, or a piece of one, in the file's own transaction. Without pieces'
 * own limit a token for one small file would be good for any number of bytes.
 *
 * @throws `upload_token_used_up`.
 */
export async function useUploadToken(
  tx: Tx,
  { token, use }: { token: VerifiedToken; use: TokenUse },
): Promise<void> {
  const { maxFiles } = token.limits;
  if (maxFiles === undefined) return;
  const { id: tokenId, expiresAt, project: of } = token;
  const { files, pieces, pieceBytes } = uploadTokenUse;
  const all = { files: maxFiles, pieces: maxFiles * PIECES_PER_FILE, bytes: mostBytesOf(token) };
  const used = await tx
    .insert(uploadTokenUse)
    .values({ tokenId, projectId: of.id, ...use, expiresAt })
    .onConflictDoUpdate({
      target: uploadTokenUse.tokenId,
      set: {
        files: sql`${files} + ${use.files}`,
        pieces: sql`${pieces} + ${use.pieces}`,
        pieceBytes: sql`${pieceBytes} + ${use.pieceBytes}`,
      },
      setWhere: sql`${files} <= ${all.files - use.files}
        and ${pieces} <= ${all.pieces - use.pieces}
        and ${pieceBytes} <= ${all.bytes - use.pieceBytes}`,
    })
    .returning({ files });
  if (used.length > 0) return;
  const message =
    use.files > 0
      ? `This upload token allows ${maxFiles} files.`
      : `This upload token allows ${all.pieces} pieces of ${all.bytes} bytes together.`;
  throw slipwayError('upload_token_used_up', message, {
    details: { rule: 'maxFiles', expected: maxFiles },
  });
}

function mostBytesOf({ limits, project, expiresAt }: VerifiedToken): number {
  const rules = effectiveRules(project.rules, limits, { now: expiresAt });
  return Math.min(largestFile(rules, limits) * (limits.maxFiles ?? 1), Number.MAX_SAFE_INTEGER);
}

/** Handler of `upload-token.forget`. */
export async function forgetTokens(ctx: SlipwayContext): Promise<void> {
  await ctx.db.delete(uploadTokenUse).where(lt(uploadTokenUse.expiresAt, ctx.now()));
}
