import { expect, test } from 'vitest';
import { createLogger, createMetrics } from '../telemetry/index.ts';
import { createKernel } from './kernel.ts';
import { refuseForeignOrigins } from './origin.ts';

test('a refused page learns which address was expected and what sets it', async () => {
  const log = createLogger({ service: 'test', level: 'silent' });
  const app = createKernel({ log, metrics: createMetrics('test'), errorDocs: 'http://x' });
  app.use(refuseForeignOrigins({ publicUrl: 'http://localhost:3000', variable: 'SLIPWAY_URL' }));
  app.post('/', (c) => c.text('done'));
  const from = (origin: string) => app.request('/', { method: 'POST', headers: { origin } }, {});
  expect((await from('http://127.0.0.1:3000')).status).toBe(200);
  const refused = await from('http://studio:3000');
  expect(refused.status).toBe(403);
  expect(await refused.json()).toMatchObject({
    error: {
      code: 'forbidden',
      message:
        'Expected a request from http://localhost:3000, came from http://studio:3000; set SLIPWAY_URL to the address people use.',
    },
  });
});
