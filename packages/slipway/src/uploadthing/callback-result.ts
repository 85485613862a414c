import { z } from 'zod';
import { endCallback, noteFailure } from '../callback/settle.ts';
import { slipwayError } from '../errors.ts';
import { requireProject } from '../project/internal.ts';
import { loadCallback } from './callback-message.ts';
import { FileKey } from './file-key.ts';
import type { UploadthingCaller } from './verify-key.ts';

export const CallbackResult = z.object({
  fileKey: FileKey,
  callbackData: z.unknown().optional(),
  /** From a developer's machine, whose handler did not do it. */
  error: z.string().optional(),
});
export type CallbackResult = z.input<typeof CallbackResult>;

/** What came of a callback, in its server's words. Said again it changes nothing. */
export async function takeCallbackResult(
  { ctx, project }: UploadthingCaller,
  input: CallbackResult,
): Promise<void> {
  await requireProject(ctx, project.id, 'file.upload');
  const { fileKey, callbackData, error } = CallbackResult.parse(input);
  const found = await loadCallback(ctx, { projectId: project.id, fileKey });
  if (found === undefined)
    throw slipwayError('not_found', `No upload with the key "${fileKey}" has ended.`);
  const { fileId } = found.upload;
  if (error !== undefined) return noteFailure(ctx, { fileId, problem: error });
  const result = JSON.stringify(callbackData ?? null);
  await endCallback(ctx.db, ctx, { fileId, state: 'done', result, lastError: null });
}
