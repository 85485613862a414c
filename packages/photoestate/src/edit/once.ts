import { createHash } from 'node:crypto';
import { inside, type Tx } from '@repo/foundation/db';
import { trpcOptions } from '@repo/foundation/trpc';
import { and, eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { editReceipt } from './table.ts';

const { serialize, deserialize } = trpcOptions.transformer;

export interface Edit {
  /** Chosen by the page that makes the change, the same one each time it sends it. */
  key: string;
  path: string;
  input: unknown;
}

/** Whether this may name an edit: long enough that no two are the same. */
export const isEditKey = (key: string) => /^[\w-]{16,64}$/.test(key);

/**
 * Makes a change once, however often it is asked for: change and receipt are one transaction. Who asks while it
 * is being made waits for it. A change that fails leaves no receipt, and may be tried again.
 */
export async function once<T>(
  ctx: Context,
  edit: Edit,
  work: (ctx: Context) => Promise<T>,
): Promise<T> {
  const { actor } = ctx;
  if (actor.type !== 'user') return work(ctx);
  const { key, path, input } = edit;
  const what = `${path} ${createHash('sha256')
    .update(JSON.stringify(input ?? null))
    .digest('hex')}`;
  const mine = and(eq(editReceipt.userId, actor.userId), eq(editReceipt.key, key));
  return ctx.db.transaction(async (tx) => {
    const [claimed] = await tx
      .insert(editReceipt)
      .values({ userId: actor.userId, key, what, createdAt: ctx.now() })
      .onConflictDoNothing()
      .returning({ key: editReceipt.key });
    if (claimed === undefined) return answered<T>(tx, { mine, what });
    const answer = await work({ ...ctx, db: inside(tx, ctx.db) });
    await tx
      .update(editReceipt)
      .set({ answer: serialize(answer) })
      .where(mine);
    return answer;
  });
}

async function answered<T>(
  tx: Tx,
  { mine, what }: { mine: ReturnType<typeof and>; what: string },
): Promise<T> {
  const [receipt] = await tx.select().from(editReceipt).where(mine);
  if (receipt?.what !== what || receipt.answer === null) {
    throw appError('conflict', 'This key was used for another change.');
  }
  return deserialize<T>(receipt.answer as Parameters<typeof deserialize>[0]);
}
