/** A worker that does a move's pass, or clears up after moves, at some later time; and may be killed on the way. */
import { loadEnv } from '@repo/foundation/config';
import { armFailpoints, FailpointEnv } from '@repo/foundation/failpoint';
import { createRuntime } from '../../create-runtime.ts';
import { SlipwayEnv } from '../../env.ts';
import { clearLeftovers } from '../move/clear-leftovers.ts';
import { moveFiles } from '../move/move-files.ts';

const [moveId, later = '0'] = process.argv.slice(2);
const runtime = await createRuntime(loadEnv(SlipwayEnv, process.env));
armFailpoints(loadEnv(FailpointEnv, process.env));
const ctx = {
  ...runtime.context({ actor: { type: 'system', job: 'test' }, requestId: 'test', ip: null }),
  now: () => new Date(Date.now() + Number(later)),
};
if (moveId === undefined || moveId === '') await clearLeftovers(ctx);
else await moveFiles(ctx, { moveId }, { signal: new AbortController().signal });
await runtime.close();
