import { appError } from '@repo/foundation/errors';
import { and, eq } from 'drizzle-orm';
import { makeKey } from '../api-key/manage.ts';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { requireProjectAsUser } from '../project/internal.ts';
import type { Project } from '../project/table.ts';
import { hashDeviceCode } from './internal.ts';
import { ClaimDeviceLogin } from './schema.ts';
import { INTERVAL_SECONDS } from './start.ts';
import { type DeviceLoginRow, deviceLogin } from './table.ts';

export type ClaimedLogin =
  | { status: 'pending'; interval: number }
  | { status: 'approved'; apiKey: string; project: { id: string; name: string } };

/** Clocks of timers are not that exact. */
const TOLERATED_MS = 500;

/**
 * The waiting process asks what became of its login. Of one that was approved the key is made now, by
 * the right of whoever approved it as it is now, and handed over in this answer and no other.
 *
 * @throws `device_login_denied`; `device_login_expired` also for one that there is not, or that was
 * claimed; `rate_limited` for whoever asks more often than it was told to.
 */
export async function claimDeviceLogin(
  ctx: SlipwayContext,
  input: ClaimDeviceLogin,
): Promise<ClaimedLogin> {
  const { deviceCode } = ClaimDeviceLogin.parse(input);
  const deviceHash = hashDeviceCode(deviceCode);
  const project = await projectOf(ctx, deviceHash);
  return ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .select()
      .from(deviceLogin)
      .where(eq(deviceLogin.deviceHash, deviceHash))
      .for('update');
    const now = ctx.now();
    if (row === undefined || row.status === 'claimed' || row.expiresAt <= now) throw over();
    if (row.status === 'denied')
      throw slipwayError('device_login_denied', 'Somebody refused this login in the dashboard.');
    const soonest = (row.polledAt?.getTime() ?? 0) + INTERVAL_SECONDS * 1000 - TOLERATED_MS;
    if (now.getTime() < soonest)
      throw appError('rate_limited', `Expected ${INTERVAL_SECONDS} s between two calls.`, {
        retryAfter: INTERVAL_SECONDS,
      });
    if (row.status === 'pending') {
      await tx.update(deviceLogin).set({ polledAt: now }).where(eq(deviceLogin.id, row.id));
      return { status: 'pending' as const, interval: INTERVAL_SECONDS };
    }
    // Approved in this very moment: the next call gets the key.
    if (project === null) return { status: 'pending' as const, interval: INTERVAL_SECONDS };
    const { asUser, wish } = granted(ctx, row);
    const { key } = await makeKey(tx, asUser, wish);
    await tx.update(deviceLogin).set({ status: 'claimed' }).where(eq(deviceLogin.id, row.id));
    const { id, name } = project;
    return { status: 'approved' as const, apiKey: key, project: { id, name } };
  });
}

/**
 * The project that the key is for, once somebody approved it: who did may have lost the right to. Before the
 * transaction, which would have to wait for a second connection while it holds the first.
 */
async function projectOf(ctx: SlipwayContext, deviceHash: string): Promise<Project | null> {
  const [row] = await ctx.db
    .select()
    .from(deviceLogin)
    .where(and(eq(deviceLogin.deviceHash, deviceHash), eq(deviceLogin.status, 'approved')));
  if (row === undefined || row.expiresAt <= ctx.now()) return null;
  const { asUser, wish } = granted(ctx, row);
  return requireProjectAsUser(asUser, wish.projectId, 'key.manage');
}

function granted(ctx: SlipwayContext, row: DeviceLoginRow) {
  const { userId, email, projectId, scopes, keyExpiresAt, clientName } = row;
  if (userId === null || email === null || projectId === null || scopes === null)
    throw new Error(`the approved login ${row.id} says not what was granted`);
  const asUser = { ...ctx, actor: { type: 'user' as const, userId, email } };
  const wish = {
    ...{ projectId, scopes, expiresAt: keyExpiresAt },
    ...{ name: `CLI on ${clientName}`.slice(0, 80), environment: 'live' as const },
  };
  return { asUser, wish };
}

const over = () =>
  slipwayError(
    'device_login_expired',
    'Expected a login that waits for its answer; this one is unknown, over, or was used.',
  );
