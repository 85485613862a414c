import type { QueuedEdit } from '@repo/ui/local';
import { createEditClient, describeError, leaveIfSignedOut } from '../trpc.ts';
import type { Edit } from './edits.ts';

let client: ReturnType<typeof createEditClient> | undefined;

/** Sends a change under its key. What may pass by itself is tried again. */
export async function sendEdit({
  id,
  edit,
}: QueuedEdit<Edit>): Promise<'done' | 'unreachable' | { refused: unknown }> {
  client ??= createEditClient();
  try {
    await client.mutation(edit.path, edit.input, { context: { key: id } });
    return 'done';
  } catch (error) {
    const { retryable, code } = describeError(error);
    leaveIfSignedOut(error);
    return retryable || code === 'unauthorized' ? 'unreachable' : { refused: error };
  }
}
