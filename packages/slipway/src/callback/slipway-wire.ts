import { unseal } from '@repo/foundation/sealing';
import { signedHeaders } from '@repo/foundation/webhook';
import type { SlipwayContext } from '../context.ts';
import { requireKeys } from '../storage-connection/credentials.ts';
import type { UploadCallbackRow } from './table.ts';
import { type Answer, problemOf, type Wire } from './wire.ts';

/** What a message is known by, the same in every attempt. */
const callbackId = (fileId: string) => `callback_${fileId}`;

/** Messages for the handler of our own SDK, signed by Standard Webhooks; the answer has the result. */
export const slipwayWire: Wire = {
  async prepare(ctx, { callback, row }) {
    const { fileId, url, data } = callback;
    if (row.status !== 'ready') {
      return { kind: 'over', problem: `The file is ${row.status} by now.` };
    }
    const key = openSecret(ctx, callback);
    if (url === null || key === null) {
      const problem = 'Its secret cannot be opened by this Slipway any more.';
      return { kind: 'unsendable', problem };
    }
    const id = callbackId(fileId);
    const attempt = callback.attempts + 1;
    const test = row.isTest ? { test: true } : {};
    const body = JSON.stringify({ type: 'upload.callback', id, fileId, attempt, ...test, data });
    return {
      kind: 'message',
      url,
      body,
      headers: signedHeaders([key], { id, at: ctx.now(), body }),
    };
  },
  read(outcome) {
    const { status, body, isCut } = outcome;
    if (outcome.isRefusedAddress) return { kind: 'unreachable', problem: problemOf(outcome) };
    if (isCut) return { kind: 'refused', problem: 'It answered more than it may.' };
    if (status === 410 || status === 422) return { kind: 'refused', problem: problemOf(outcome) };
    if (!outcome.succeeded) return { kind: 'problem', problem: problemOf(outcome) };
    return resultOf(body ?? '');
  },
};

function openSecret(ctx: SlipwayContext, { fileId, secret }: UploadCallbackRow): string | null {
  if (secret === null) return null;
  try {
    return unseal(requireKeys(ctx.buckets), { sealed: secret, boundTo: fileId });
  } catch (error) {
    ctx.log.error({ err: error, fileId }, 'a callback could not be signed');
    return null;
  }
}

/** Any page answers 200; whoever ran the callback says `serverData`. */
function resultOf(text: string): Answer {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer === 'object' && answer !== null && 'serverData' in answer) {
      return { kind: 'result', result: JSON.stringify(answer.serverData ?? null) };
    }
  } catch {
    // Said below.
  }
  return { kind: 'problem', problem: 'Expected JSON with "serverData" from an upload handler.' };
}
