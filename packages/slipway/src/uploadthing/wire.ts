import { AppError } from '@repo/foundation/errors';
import { type Prepared, problemOf, type Wire } from '../callback/wire.ts';
import { callbackMessage, loadCallback } from './callback-message.ts';

/** A server that says nothing of its uploads so long after they came never will. */
const ROUTE_MS = 3_600_000;
/** So long a developer's machine that listens to us is expected to do it itself. */
const DEV_MS = 30_000;

/**
 * Messages for UploadThing's SDK, signed as it does. It answers 200 to a callback also when its handler
 * threw, so only `callback-result` counts.
 */
export const uploadthingWire: Wire = {
  async prepare(ctx, { callback }) {
    const found = await loadCallback(ctx, { fileId: callback.fileId });
    if (found === undefined) return { kind: 'over', problem: 'There is no upload of it any more.' };
    const { route } = found;
    const age = ctx.now().getTime() - callback.createdAt.getTime();
    if (route === null) {
      if (age < ROUTE_MS) return { kind: 'later', ms: Math.min(60_000, Math.max(1_000, age)) };
      const problem = 'The server never said where this upload’s end is to be told.';
      return { kind: 'over', problem };
    }
    if (route.isDev && callback.attempts === 0 && age < DEV_MS) {
      return { kind: 'later', ms: DEV_MS - age };
    }
    return message(ctx, { ...found, route });
  },
  read(outcome, { hook }) {
    if (!outcome.succeeded) return { kind: 'problem', problem: problemOf(outcome) };
    // To an error nobody answers more than that it was heard.
    return hook === 'error' ? { kind: 'result', result: null } : { kind: 'heard' };
  },
};

async function message(...[ctx, found]: Parameters<typeof callbackMessage>): Promise<Prepared> {
  try {
    const { hook, payload: body, signature } = await callbackMessage(ctx, found);
    const url = new URL(found.route.callbackUrl);
    url.searchParams.set('slug', found.route.slug);
    const headers = { 'uploadthing-hook': hook, 'x-uploadthing-signature': signature };
    return { kind: 'message', url: url.href, headers, body };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    ctx.log.error({ err: error, fileId: found.row.id }, 'a callback could not be written');
    return { kind: 'unsendable', problem: error.message };
  }
}
