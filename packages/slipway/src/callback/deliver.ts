import { failpoint } from '@repo/foundation/failpoint';
import { failed, sendOnce } from '@repo/foundation/webhook';
import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { file } from '../file/table.ts';
import { uploadthingWire } from '../uploadthing/wire.ts';
import { ATTEMPT_MS, beginAttempt, leaveAttempt } from './begin.ts';
import { endCallback, postpone, settleAttempt } from './settle.ts';
import { slipwayWire } from './slipway-wire.ts';
import { type CALLBACK_WIRES, uploadCallback } from './table.ts';
import type { Prepared, Wire } from './wire.ts';

const WIRES: Readonly<Record<(typeof CALLBACK_WIRES)[number], Wire>> = {
  slipway: slipwayWire,
  uploadthing: uploadthingWire,
};

const MOST_ANSWER_BYTES = 65_536;

/** Handler of `callback.deliver`: one attempt, when it is due. The server's first answer counts. */
export async function deliverCallback(
  ctx: SlipwayContext,
  { fileId }: { fileId: string },
  run: { signal?: AbortSignal } = {},
): Promise<void> {
  const [due] = await ctx.db
    .select({ callback: uploadCallback, row: file })
    .from(uploadCallback)
    .innerJoin(file, eq(file.id, uploadCallback.fileId))
    .where(eq(uploadCallback.fileId, fileId));
  if (due?.callback.state !== 'pending') return;
  const { nextAttemptAt, busyUntil, attempts } = due.callback;
  const now = ctx.now();
  if ((nextAttemptAt ?? now) > now || (busyUntil ?? now) > now) return;
  const wire = WIRES[due.callback.wire];
  const prepared = await wire.prepare(ctx, due);
  if (prepared.kind === 'later') return postpone(ctx, { fileId, attempts, ms: prepared.ms });
  if (prepared.kind === 'over') {
    return endCallback(ctx.db, ctx, { fileId, state: 'failed', lastError: prepared.problem });
  }
  if (!(await beginAttempt(ctx, { fileId, attempts }))) return;
  const outcome = await attempt(ctx, prepared, run.signal).catch(async (error: unknown) => {
    // Stopped on this side; the next run need not wait.
    await leaveAttempt(ctx, { fileId, attempts: attempts + 1 });
    throw error;
  });
  failpoint('callback.sent');
  const answer =
    prepared.kind === 'unsendable'
      ? { kind: 'problem' as const, problem: prepared.problem }
      : wire.read(outcome, due.callback);
  const url = prepared.kind === 'message' ? prepared.url : due.callback.url;
  await settleAttempt(ctx, { fileId, attempts: attempts + 1, at: now, url, outcome, answer });
}

async function attempt(
  ctx: SlipwayContext,
  prepared: Extract<Prepared, { kind: 'message' | 'unsendable' }>,
  signal: AbortSignal | undefined,
) {
  if (prepared.kind === 'unsendable') return failed(prepared.problem);
  const { url, headers, body } = prepared;
  return sendOnce(ctx.outgoing, {
    url,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Slipway-Callbacks/1.0',
      ...headers,
    },
    body,
    signal,
    timeoutMs: ATTEMPT_MS,
    maxBytes: MOST_ANSWER_BYTES,
  });
}
