import type { Tx } from '@repo/foundation/db';
import { type NewNotice, notify as write } from '@repo/foundation/notification';
import type { Context } from '../context.ts';
import type { NoticeName } from './kinds.ts';

/**
 * Tells members of something, by mail and in the app, as each of them chose; in the transaction of what
 * happened. False when this occasion was told before.
 */
export async function notify(
  tx: Tx,
  ctx: Pick<Context, 'product' | 'queue' | 'now'>,
  notice: NewNotice<NoticeName>,
): Promise<boolean> {
  return write(tx, ctx, notice);
}
