import { recordAudit } from '@repo/foundation/audit';
import { requireUser } from '@repo/foundation/organization';
import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { requireProjectAsUser } from '../project/internal.ts';
import { withWaiting } from './internal.ts';
import { ApproveDeviceLogin, DeviceLoginCode } from './schema.ts';
import { deviceLogin } from './table.ts';

const DAY_MS = 86_400_000;

/** Lets the waiting process fetch a key of this project, once. The key is made only then. */
export async function approveDeviceLogin(
  ctx: SlipwayContext,
  input: ApproveDeviceLogin,
): Promise<void> {
  const project = await requireProjectAsUser(ctx, input.projectId, 'key.manage');
  const { userCode, scopes, expiresInDays } = ApproveDeviceLogin.parse(input);
  const { actor } = ctx;
  if (actor.type !== 'user') throw slipwayError('unauthenticated', 'Sign in first.');
  const { userId, email } = actor;
  await withWaiting(ctx, { userCode, userId }, async (tx, row) => {
    const keyExpiresAt =
      expiresInDays === null ? null : new Date(ctx.now().getTime() + expiresInDays * DAY_MS);
    const grant = { userId, email, projectId: project.id, scopes, keyExpiresAt };
    await tx
      .update(deviceLogin)
      .set({ status: 'approved', ...grant })
      .where(eq(deviceLogin.id, row.id));
    await recordAudit(tx, ctx, {
      organizationId: project.organizationId,
      action: 'device_login.approved',
      entityId: row.id,
      data: { projectId: project.id, clientName: row.clientName, ip: row.ip, scopes },
    });
  });
}

/** The waiting process is told that nobody lets it in. */
export async function denyDeviceLogin(ctx: SlipwayContext, input: DeviceLoginCode): Promise<void> {
  const userId = requireUser(ctx);
  const { userCode } = DeviceLoginCode.parse(input);
  await withWaiting(ctx, { userCode, userId }, async (tx, row) => {
    await tx
      .update(deviceLogin)
      .set({ status: 'denied', userId })
      .where(eq(deviceLogin.id, row.id));
  });
}
