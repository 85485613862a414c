import { and, desc, eq, gt, ne } from 'drizzle-orm';
import { recordAudit } from '../audit/index.ts';
import { session } from '../auth/index.ts';
import type { BaseContext } from '../context/index.ts';
import { appError } from '../errors/index.ts';
import { requireUser } from '../organization/index.ts';
import { SessionRef } from './schema.ts';

export interface SessionView {
  id: string;
  ipAddress: string | null;
  /** As the browser called itself when it signed in. */
  userAgent: string | null;
  createdAt: Date;
  /** To within a day. */
  lastSeenAt: Date;
  isCurrent: boolean;
}

/** Where the signed-in user is signed in, the current session first. */
export async function listSessions(ctx: BaseContext): Promise<SessionView[]> {
  const userId = requireUser(ctx);
  const current = currentSession(ctx);
  const rows = await ctx.db
    .select()
    .from(session)
    .where(and(eq(session.userId, userId), gt(session.expiresAt, ctx.now())))
    .orderBy(desc(session.updatedAt), desc(session.id));
  return rows
    .map(({ id, ipAddress, userAgent, createdAt, updatedAt }) => ({
      ...{ id, ipAddress, userAgent, createdAt },
      lastSeenAt: updatedAt,
      isCurrent: id === current,
    }))
    .sort((a, b) => Number(b.isCurrent) - Number(a.isCurrent));
}

/** Ends one of one's own sessions: its next request is a stranger's. */
export async function endSession(ctx: BaseContext, input: SessionRef): Promise<void> {
  const userId = requireUser(ctx);
  const { sessionId } = SessionRef.parse(input);
  await ctx.db.transaction(async (tx) => {
    const ended = await tx
      .delete(session)
      .where(and(eq(session.id, sessionId), eq(session.userId, userId)))
      .returning({ id: session.id });
    if (ended.length === 0) throw appError('not_found', `There is no session "${sessionId}".`);
    await recordAudit(tx, ctx, {
      organizationId: null,
      action: 'session.ended',
      entityId: sessionId,
    });
  });
}

/** Ends all of one's own sessions but the one that asks. How many there were. */
export async function endOtherSessions(ctx: BaseContext): Promise<{ ended: number }> {
  const userId = requireUser(ctx);
  const current = currentSession(ctx);
  if (current === undefined)
    throw appError(
      'conflict',
      'This is not a session of a browser: it cannot be told from others.',
    );
  return ctx.db.transaction(async (tx) => {
    const ended = await tx
      .delete(session)
      .where(and(eq(session.userId, userId), ne(session.id, current)))
      .returning({ id: session.id });
    if (ended.length === 0) return { ended: 0 };
    await recordAudit(tx, ctx, {
      organizationId: null,
      action: 'session.others_ended',
      entityId: userId,
      data: { sessions: ended.length },
    });
    return { ended: ended.length };
  });
}

const currentSession = ({ actor }: BaseContext): string | undefined =>
  actor.type === 'user' ? actor.sessionId : undefined;
