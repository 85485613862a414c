import { randomToken } from '@repo/foundation/ids';
import { and, eq, isNull, lt, or } from 'drizzle-orm';
import type { SlipwayContext } from '../../context.ts';
import { type StorageMove, storageMove } from '../table.ts';

/** A process that is silent for so long has lost its turn. */
const TURN_MS = 45_000;
const RENEW_MS = 10_000;

/** The right to work on a move. Every change that is made by it asks whether it still holds. */
export interface Turn {
  move: StorageMove;
  token: string;
  /** Aborts when the turn was lost, or the move ended. */
  signal: AbortSignal;
  release(): Promise<void>;
}

/** Null when the move has ended, or another process is at it. */
export async function takeTurn(ctx: SlipwayContext, moveId: string): Promise<Turn | null> {
  const token = randomToken(16);
  const until = () => new Date(ctx.now().getTime() + TURN_MS);
  const [move] = await ctx.db
    .update(storageMove)
    .set({ turn: token, turnUntil: until() })
    .where(
      and(
        eq(storageMove.id, moveId),
        eq(storageMove.status, 'running'),
        or(isNull(storageMove.turnUntil), lt(storageMove.turnUntil, ctx.now())),
      ),
    )
    .returning();
  if (move === undefined) return null;
  const lost = new AbortController();
  const renew = async () => {
    const [held] = await ctx.db
      .update(storageMove)
      .set({ turnUntil: until() })
      .where(isHeld({ move, token }))
      .returning({ id: storageMove.id });
    if (held === undefined) lost.abort();
  };
  const timer = setInterval(() => {
    renew().catch((error: unknown) => {
      // The database may be back before the turn is over; if not, the next change shows it.
      ctx.log.warn({ err: error, moveId }, 'the turn at a move could not be renewed');
    });
  }, RENEW_MS);
  return {
    move,
    token,
    signal: lost.signal,
    async release() {
      clearInterval(timer);
      await ctx.db
        .update(storageMove)
        .set({ turn: null, turnUntil: null })
        .where(and(eq(storageMove.id, moveId), eq(storageMove.turn, token)));
    },
  };
}

/** The move as long as it is running and our turn. */
export const isHeld = ({ move, token }: Pick<Turn, 'token'> & { move: { id: string } }) =>
  and(eq(storageMove.id, move.id), eq(storageMove.status, 'running'), eq(storageMove.turn, token));
