import type { Context } from '../context.ts';
import { deleteFiles } from './files.ts';

/** Handler of `files.discard`. */
export async function discardNamedFiles(
  ctx: Context,
  { fileIds }: { fileIds: string[] },
): Promise<void> {
  await deleteFiles(ctx, fileIds);
}
