import { type HttpApp, type KernelEnv, readJson } from '@repo/foundation/http';
import { applyVerdict, clientKey } from '@repo/foundation/rate-limit';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { claimDeviceLogin } from './claim.ts';
import type { ClaimDeviceLogin, StartDeviceLogin } from './schema.ts';
import { startDeviceLogin } from './start.ts';

type MakeContext = (c: Context<KernelEnv>) => SlipwayContext;

/** Of one address: logins that it begins, and answers that it asks for. */
const STARTS = { quota: 20, windowSeconds: 600 };
const CLAIMS = { quota: 600, windowSeconds: 600 };
const MAX_BODY_BYTES = 4_096;

/** How `slipway login` gets a key. A way to sign in, so no part of the API that keys open. */
export function mountDeviceLogin(app: HttpApp, makeContext: MakeContext): void {
  const limit = bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError: () => {
      throw slipwayError('payload_too_large', `Expected at most ${MAX_BODY_BYTES} bytes.`);
    },
  });
  const admit = async (c: Context<KernelEnv>, policy: string, rate: typeof STARTS) => {
    const ctx = makeContext(c);
    const budget = { policy, key: `${policy}:${clientKey(ctx.ip)}`, ...rate };
    applyVerdict(c, await ctx.limiter.take([budget], 'count_alone'));
    c.header('cache-control', 'no-store');
    return ctx;
  };
  app.post('/api/device-login', limit, async (c) => {
    const ctx = await admit(c, 'device-login', STARTS);
    return c.json(await startDeviceLogin(ctx, (await readJson(c)) as StartDeviceLogin), 201);
  });
  app.post('/api/device-login/claim', limit, async (c) => {
    const ctx = await admit(c, 'device-claim', CLAIMS);
    const claimed = await claimDeviceLogin(ctx, (await readJson(c)) as ClaimDeviceLogin);
    return c.json(claimed, claimed.status === 'pending' ? 202 : 200);
  });
}
