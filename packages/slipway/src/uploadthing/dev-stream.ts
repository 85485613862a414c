import { setTimeout as wait } from 'node:timers/promises';
import { failed } from '@repo/foundation/webhook';
import { beginAttempt } from '../callback/begin.ts';
import { settleAttempt } from '../callback/settle.ts';
import type { SlipwayContext } from '../context.ts';
import { callbackMessage, loadCallback } from './callback-message.ts';

/** As long as an upload's URL is usually good. */
const LONGEST_MS = 3_600_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1_000;
/** Node's fetch gives up on an answer that is silent for five minutes. */
const SIGN_OF_LIFE_MS = 15_000;
/** What goes down the stream is answered at /callback-result. */
const NO_ANSWER = { ...failed('It goes down the stream.'), problem: null };

/**
 * What a developer's machine hears instead of callbacks, which could not reach it: a JSON text a line,
 * for as long as one of its uploads goes on. Whatever it misses is delivered by the job, if there is a way.
 */
export async function* devStream(
  ctx: SlipwayContext,
  call: { projectId: string; fileKeys: readonly string[]; signal: AbortSignal },
): AsyncGenerator<string> {
  const open = new Set(call.fileKeys);
  const start = Date.now();
  let quietSince = start;
  let pause = FIRST_PAUSE_MS;
  while (open.size > 0 && Date.now() - start < LONGEST_MS && !call.signal.aborted) {
    for (const fileKey of open) {
      const line = await nextLine(ctx, { projectId: call.projectId, fileKey });
      if (line === 'waiting') continue;
      open.delete(fileKey);
      pause = FIRST_PAUSE_MS;
      if (line === 'over') continue;
      quietSince = Date.now();
      yield `${line}\n`;
    }
    if (Date.now() - quietSince > SIGN_OF_LIFE_MS) {
      quietSince = Date.now();
      // The SDK keeps what is no JSON for the next line; before one, a space is nothing.
      yield ' ';
    }
    if (open.size > 0) await wait(pause, undefined, { signal: call.signal }).catch(() => undefined);
    pause = Math.min(LONGEST_PAUSE_MS, pause * 1.2);
  }
}

async function nextLine(
  ctx: SlipwayContext,
  by: { projectId: string; fileKey: string },
): Promise<string> {
  const found = await loadCallback(ctx, by);
  if (found === undefined) return 'waiting';
  const { callback, route } = found;
  if (callback.state !== 'pending' || route === null) return 'over';
  const { fileId, attempts } = callback;
  const at = ctx.now();
  const { hook, payload, signature } = await callbackMessage(ctx, { ...found, route });
  // Somebody else was first, the job for example.
  if (!(await beginAttempt(ctx, { fileId, attempts }))) return 'over';
  await settleAttempt(ctx, {
    ...{ fileId, attempts: attempts + 1, at, url: null },
    outcome: NO_ANSWER,
    answer: { kind: 'heard' },
  });
  return JSON.stringify({ hook, payload, signature });
}
