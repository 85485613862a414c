import { loadEnv } from '@repo/foundation/config';
import { type Lifecycle, type NodeHandler, serve } from '@repo/foundation/http';
import { type RunningApp, runApp, stopInOrder } from '@repo/foundation/process';
import {
  API_PATHS,
  createHttp,
  createRuntime,
  exposeToPages,
  PhotoestateEnv,
} from '@repo/photoestate';

const isDevelopment = process.env['NODE_ENV'] === 'development';

async function preparePages(): Promise<NodeHandler> {
  const { default: next } = await import('next');
  const pages = next({ dev: isDevelopment, dir: import.meta.dirname });
  await pages.prepare();
  return pages.getRequestHandler();
}

async function start(): Promise<RunningApp> {
  const env = loadEnv(PhotoestateEnv, process.env);
  const { PHOTOESTATE_ROLE: role } = env;
  const runtime = await createRuntime(env);
  const lifecycle: Lifecycle = { stopping: false };
  const withPages = role === 'all' || role === 'web';
  if (withPages) exposeToPages(runtime);
  const pages = withPages ? await preparePages() : undefined;
  const doesJobs = role === 'all' || role === 'worker';
  if (doesJobs) {
    await runtime.queue.work((job) =>
      runtime.context({ actor: { type: 'system', job: job.name }, requestId: job.id, ip: null }),
    );
  }
  const server = await serve({
    app: createHttp(runtime, lifecycle),
    appPaths: API_PATHS,
    host: env.HOST,
    port: env.PHOTOESTATE_PORT,
    ...(pages === undefined ? {} : { pages }),
  });
  runtime.log.info({ role, url: env.PHOTOESTATE_URL, port: env.PHOTOESTATE_PORT }, 'started');
  if (doesJobs) runtime.prepareWork();

  return {
    async stop() {
      const parts = {
        lifecycle,
        queue: runtime.queue,
        server,
        // Event streams never end by themselves, and engines have minutes to go.
        stopWork: runtime.stopWork,
        close: runtime.close,
      };
      await stopInOrder(parts, isDevelopment ? { drainMs: 0 } : {});
      runtime.log.info('stopped');
    },
  };
}

await runApp(start);
