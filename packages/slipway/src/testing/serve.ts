import { createServer } from 'node:net';
import { type RunningServer, serve } from '@repo/foundation/http';
import { API_PATHS, createHttp, errorDocsOf, LONG_PATHS } from '../http.ts';
import { startTestSlipway, type TestSlipway } from './index.ts';

export interface ServedSlipway extends TestSlipway {
  url: string;
}

/** The whole runtime behind a real server, so that bytes travel as they do outside. */
export async function serveTestSlipway(env: Record<string, string> = {}): Promise<ServedSlipway> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const slipway = await startTestSlipway({ SLIPWAY_URL: url, ...env });
  const server: RunningServer = await serve({
    app: createHttp(slipway.runtime, { stopping: false }),
    appPaths: API_PATHS,
    longPaths: LONG_PATHS,
    errorDocs: errorDocsOf(slipway.runtime.env),
    host: '127.0.0.1',
    port,
  });
  return {
    ...slipway,
    url,
    async close() {
      await server.close(1_000);
      await slipway.close();
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address !== null
          ? resolve(address.port)
          : reject(new Error('the server has no port')),
      );
    });
  });
}
