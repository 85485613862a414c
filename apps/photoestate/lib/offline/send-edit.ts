import type { QueuedEdit, Sent } from '@repo/ui/local';
import { createEditClient, describeError, leaveIfSignedOut } from '../trpc.ts';
import type { Edit } from './edits.ts';

let client: ReturnType<typeof createEditClient> | undefined;

/** Sends a change under its key, and says what came of it. */
export async function sendEdit({ id, edit }: QueuedEdit<Edit>): Promise<Sent> {
  client ??= createEditClient();
  try {
    await client.mutation(edit.path, edit.input, { context: { key: id } });
    return 'done';
  } catch (error) {
    const { unreachable, retryable, code } = describeError(error);
    leaveIfSignedOut(error);
    if (unreachable || code === 'unauthorized') return 'unreachable';
    return retryable ? { failed: error } : { refused: error };
  }
}
