import { loadEnv } from '@repo/foundation/config';
import { armFailpoints, FailpointEnv } from '@repo/foundation/failpoint';
import { serve } from '@repo/foundation/http';
import { createRuntime } from '../../create-runtime.ts';
import { SlipwayEnv } from '../../env.ts';
import { createHttp, LONG_PATHS } from '../../http.ts';

// A server process of its own, for tests that kill it. Its configuration comes as JSON; it answers
// with its port.
const settings = JSON.parse(process.argv[2] ?? '{}');
armFailpoints(loadEnv(FailpointEnv, settings));
const runtime = await createRuntime(loadEnv(SlipwayEnv, settings));
const server = await serve({
  app: createHttp(runtime, { stopping: false }),
  appPaths: [],
  longPaths: LONG_PATHS,
  host: '127.0.0.1',
  port: 0,
});
process.stdout.write(`${server.port}\n`);
