import { loadEnv } from '@repo/foundation/config';
import { armFailpoints, FailpointEnv } from '@repo/foundation/failpoint';
import { type Lifecycle, type NodeHandler, serve } from '@repo/foundation/http';
import { type RunningApp, runApp, stopInOrder } from '@repo/foundation/process';
import {
  API_PATHS,
  createHttp,
  createRuntime,
  errorDocsOf,
  exposeToPages,
  LONG_PATHS,
  noPagesOnFilesHost,
  SlipwayEnv,
} from '@repo/slipway';

const isDevelopment = process.env['NODE_ENV'] === 'development';

async function preparePages(): Promise<NodeHandler> {
  const { default: next } = await import('next');
  const pages = next({ dev: isDevelopment, dir: import.meta.dirname });
  await pages.prepare();
  return pages.getRequestHandler();
}

async function start(): Promise<RunningApp> {
  const env = loadEnv(SlipwayEnv, process.env);
  armFailpoints(loadEnv(FailpointEnv, process.env));
  const { SLIPWAY_ROLE: role } = env;
  const runtime = await createRuntime(env);
  const lifecycle: Lifecycle = { stopping: false };
  const withPages = role === 'all' || role === 'web';
  if (withPages) exposeToPages(runtime);
  const pages = withPages ? await preparePages() : undefined;
  if (role === 'all' || role === 'worker') {
    await runtime.queue.work((job) =>
      runtime.context({ actor: { type: 'system', job: job.name }, requestId: job.id, ip: null }),
    );
  }
  const server = await serve({
    app: createHttp(runtime, lifecycle),
    appPaths: API_PATHS,
    longPaths: LONG_PATHS,
    errorDocs: errorDocsOf(env),
    host: env.HOST,
    port: env.SLIPWAY_PORT,
    ...(pages === undefined ? {} : { pages: noPagesOnFilesHost(pages, env) }),
  });
  runtime.log.info({ role, url: env.SLIPWAY_URL, port: env.SLIPWAY_PORT }, 'started');

  return {
    async stop() {
      const parts = {
        lifecycle,
        queue: runtime.queue,
        server,
        close: runtime.close,
      };
      await stopInOrder(parts, isDevelopment ? { drainMs: 0 } : {});
      runtime.log.info('stopped');
    },
  };
}

await runApp(start);
