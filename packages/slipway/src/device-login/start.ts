import { isUniqueViolation } from '@repo/foundation/errors';
import { newId, randomToken } from '@repo/foundation/ids';
import { lt } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { hashDeviceCode, newUserCode, shownCode } from './internal.ts';
import { StartDeviceLogin } from './schema.ts';
import { deviceLogin } from './table.ts';

const LIFETIME_SECONDS = 600;
/** How often the waiting process asks. */
export const INTERVAL_SECONDS = 2;
const FORGET_AFTER_MS = 86_400_000;
const ATTEMPTS = 3;

export interface StartedLogin {
  deviceCode: string;
  userCode: string;
  verificationUri: string;
  verificationUriComplete: string;
  expiresIn: number;
  interval: number;
}

/** A command line asks to be let in. It gets nothing until somebody who may make keys says so. */
export async function startDeviceLogin(
  ctx: SlipwayContext,
  input: StartDeviceLogin,
): Promise<StartedLogin> {
  const { clientName } = StartDeviceLogin.parse(input);
  const now = ctx.now();
  const deviceCode = randomToken(43);
  await ctx.db
    .delete(deviceLogin)
    .where(lt(deviceLogin.expiresAt, new Date(now.getTime() - FORGET_AFTER_MS)));
  const userCode = await insert(ctx, {
    deviceHash: hashDeviceCode(deviceCode),
    clientName,
    ip: ctx.ip,
    createdAt: now,
    expiresAt: new Date(now.getTime() + LIFETIME_SECONDS * 1000),
  });
  const verificationUri = `${ctx.config.publicUrl}/device`;
  const shown = shownCode(userCode);
  return {
    deviceCode,
    userCode: shown,
    verificationUri,
    verificationUriComplete: `${verificationUri}?code=${shown}`,
    expiresIn: LIFETIME_SECONDS,
    interval: INTERVAL_SECONDS,
  };
}

type Wish = Omit<typeof deviceLogin.$inferInsert, 'id' | 'userCode'>;

async function insert(ctx: SlipwayContext, wish: Wish): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const userCode = newUserCode();
    try {
      await ctx.db.insert(deviceLogin).values({ ...wish, id: newId('dlg'), userCode });
      return userCode;
    } catch (error) {
      if (attempt === ATTEMPTS || !isUniqueViolation(error, 'device_login_user_code_unique'))
        throw error;
    }
  }
}
