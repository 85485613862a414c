import { loadEnv } from '@repo/foundation/config';
import { type Lifecycle, type NodeHandler, serve } from '@repo/foundation/http';
import { type RunningApp, runApp } from '@repo/foundation/process';
import {
  API_PATHS,
  createHttp,
  createRuntime,
  exposeToPages,
  PhotoestateEnv,
} from '@repo/photoestate';

/** Open requests get this long to end when the process stops. */
const GRACE_MS = 2_000;

async function preparePages(): Promise<NodeHandler> {
  const { default: next } = await import('next');
  const pages = next({ dev: process.env['NODE_ENV'] === 'development', dir: import.meta.dirname });
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
  if (role === 'all' || role === 'worker') {
    await runtime.queue.work((job) =>
      runtime.context({ actor: { type: 'system', job: job.name }, requestId: job.id, ip: null }),
    );
  }
  const server = await serve({
    app: createHttp(runtime, lifecycle, { healthOnly: role === 'worker' }),
    appPaths: API_PATHS,
    host: env.HOST,
    port: env.PHOTOESTATE_PORT,
    ...(pages === undefined ? {} : { pages }),
  });
  runtime.log.info({ role, url: env.PHOTOESTATE_URL, port: env.PHOTOESTATE_PORT }, 'started');

  return {
    async stop() {
      lifecycle.stopping = true;
      // Event streams never end by themselves, and engines have minutes to go.
      runtime.stopWork();
      await server.close(GRACE_MS);
      await runtime.close();
      runtime.log.info('stopped');
    },
  };
}

await runApp(start);
