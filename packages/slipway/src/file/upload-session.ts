import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import type { Project } from '../project/table.ts';
import { projectOf } from './internal.ts';
import { type FileRow, file } from './table.ts';

const PURPOSE = 'upload session';
const pathOf = (fileId: string) => `/api/uploads/${fileId}`;

/** The address of one upload in parts: whoever has it may send the parts, and nothing else. */
export function signUploadSession(
  ctx: SlipwayContext,
  input: { fileId: string; expiresAt: Date },
): string {
  const path = ctx.signer.sign({
    purpose: PURPOSE,
    path: pathOf(input.fileId),
    params: {},
    expires: Math.floor(input.expiresAt.getTime() / 1000),
  });
  return `${ctx.config.publicUrl}${path}`;
}

export type PartsRow = FileRow & { partSize: number };

/**
 * The upload behind its signed address.
 *
 * @throws `url_invalid`, `url_expired`, `not_found`.
 */
export async function openUploadSession(
  ctx: SlipwayContext,
  call: { fileId: string; query: URLSearchParams },
): Promise<{ row: PartsRow; project: Project }> {
  const { fileId, query } = call;
  ctx.signer.verify({ purpose: PURPOSE, path: pathOf(fileId), query, now: ctx.now() });
  const [row] = await ctx.db.select().from(file).where(eq(file.id, fileId));
  if (row?.partSize == null || row.uploadKind !== 'multipart')
    throw slipwayError('not_found', 'There is no such upload.');
  const project = await projectOf(ctx, row.projectId);
  return { row: { ...row, partSize: row.partSize }, project };
}
