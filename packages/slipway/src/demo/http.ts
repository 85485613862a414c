import {
  type HttpApp,
  type KernelEnv,
  readJson,
  refuseForeignOrigins,
} from '@repo/foundation/http';
import { applyVerdict, clientKey } from '@repo/foundation/rate-limit';
import type { Context } from 'hono';
import { verifyApiKey } from '../api-key/verify.ts';
import { heldPlan } from '../plan/held-plan.ts';
import { countCall } from '../rate-limit/index.ts';
import type { SlipwayRuntime } from '../runtime.ts';
import { completeDemoUpload } from './complete-demo-upload.ts';
import { requestDemoUpload } from './request-demo-upload.ts';
import { CompleteDemoUpload, RequestDemoUpload } from './schema.ts';

/** Of one address, and of all together. */
const PER_VISITOR = { quota: 10, windowSeconds: 600 };
const OF_ALL = { quota: 600, windowSeconds: 3600 };

/**
 * The live upload of the front page, for visitors without a key: it acts as the key of the environment, which
 * should have the scope `upload` alone. Not part of the API; without the key there is nothing here.
 */
export function mountDemo(app: HttpApp, runtime: SlipwayRuntime): void {
  const { DEMO_API_KEY: key, SLIPWAY_URL: publicUrl } = runtime.env;
  if (key === undefined) return;
  app.use('/api/demo/*', refuseForeignOrigins({ publicUrl, variable: 'SLIPWAY_URL' }));

  async function asKey(c: Context<KernelEnv>) {
    const { requestId, ip } = c.var;
    const anonymous = runtime.context({ actor: { type: 'anonymous' }, requestId, ip });
    const verified = await verifyApiKey(anonymous, `Bearer ${key}`);
    await countCall(c, anonymous, verified);
    const { actor, project } = verified;
    const plan = verified.plan ?? heldPlan(anonymous.config.defaultPlan);
    return { ctx: { ...anonymous, actor, project, plan }, projectId: project.id };
  }

  app.post('/api/demo/upload-url', async (c) => {
    const address = clientKey(c.get('ip'));
    const visitor = { policy: 'demo', key: `demo:${address}`, ...PER_VISITOR };
    const all = { policy: 'demo-all', key: 'demo-all', ...OF_ALL };
    applyVerdict(c, await runtime.limiter.take([visitor, all], 'count_alone'));
    const call = await asKey(c);
    const upload = RequestDemoUpload.parse(await readJson(c));
    return c.json(await requestDemoUpload(call.ctx, { ...call, upload }), 201);
  });

  app.post('/api/demo/upload-complete', async (c) => {
    const call = await asKey(c);
    const upload = CompleteDemoUpload.parse(await readJson(c));
    const file = await completeDemoUpload(call.ctx, { ...call, upload });
    return c.json(file, file.status === 'ready' ? 200 : 202);
  });
}
