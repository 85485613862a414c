import { type ApiClient, describeError, type Rules } from '../trpc.ts';
import { brokenRule } from './check-rules.ts';
import type { FileOutcome, UploadPorts } from './queue.ts';
import { SendError, send, type Target } from './send.ts';

const verdicts = new Set(['size_mismatch', 'type_mismatch', 'digest_mismatch', 'upload_failed']);

async function complete(client: ApiClient, fileId: string): Promise<FileOutcome> {
  try {
    const { status } = await client.file.completeUpload.mutate({ fileId });
    return { status, error: undefined };
  } catch (error) {
    const { code, message } = describeError(error);
    // Another process verifies this file right now.
    if (code === 'unavailable') return { status: 'verifying', error: undefined };
    if (verdicts.has(code)) return { status: 'rejected', error: message };
    throw error;
  }
}

export type PortOptions = {
  client: ApiClient;
  projectId: string;
  rules: () => Rules | undefined;
  changed: () => void;
};

/** The queue's connection to the browser and to the API. */
export function createPorts({
  client,
  projectId,
  rules,
  changed,
}: PortOptions): UploadPorts<Target> {
  return {
    check: (file) => {
      const known = rules();
      return known ? brokenRule(file, known) : undefined;
    },
    request: (file) =>
      client.file.requestUpload.mutate({
        projectId,
        name: file.name,
        size: file.size,
        type: file.type || 'application/octet-stream',
      }),
    send,
    complete: (fileId) => complete(client, fileId),
    describe: (error) =>
      error instanceof SendError
        ? { message: error.message, retryable: error.retryable }
        : describeError(error),
    changed,
    wait: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
    now: () => performance.now(),
  };
}
