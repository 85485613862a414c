/** A worker that sends one delivery at some later time, and may be killed on the way. */
import { loadEnv } from '@repo/foundation/config';
import { armFailpoints, FailpointEnv } from '@repo/foundation/failpoint';
import { createRuntime } from '../../create-runtime.ts';
import { SlipwayEnv } from '../../env.ts';
import { deliver } from '../manage.ts';

const [deliveryId = '', later = '0'] = process.argv.slice(2);
const runtime = await createRuntime(loadEnv(SlipwayEnv, process.env));
armFailpoints(loadEnv(FailpointEnv, process.env));
const ctx = {
  ...runtime.context({ actor: { type: 'system', job: 'test' }, requestId: 'test', ip: null }),
  now: () => new Date(Date.now() + Number(later)),
};
await deliver(ctx, { deliveryId });
await runtime.close();
