import { expect, test } from 'vitest';
import { createRouter, mountHealth, serve } from '../http/index.ts';
import { createLogger, createMetrics } from '../telemetry/index.ts';
import { stopInOrder } from './stop.ts';

test('health says 503 first, then the port closes, then jobs and connections end', async () => {
  const order: string[] = [];
  const log = createLogger({ service: 'test', level: 'silent' });
  const app = createRouter();
  const lifecycle = { stopping: false };
  mountHealth(app, { checks: {}, log, metrics: createMetrics('test'), lifecycle });
  const server = await serve({ app, appPaths: ['/'], host: '127.0.0.1', port: 0 });
  const ready = () => fetch(`http://127.0.0.1:${server.port}/readyz`).then(({ status }) => status);
  expect(await ready()).toBe(200);
  const stopped = stopInOrder(
    {
      lifecycle,
      server,
      queue: { pause: async () => void order.push('pause') },
      stopWork: () => void order.push('stopWork'),
      close: async () => void order.push('close'),
    },
    { drainMs: 300 },
  );
  expect(await ready()).toBe(503);
  expect(order).toEqual(['pause']);
  await stopped;
  expect(order).toEqual(['pause', 'stopWork', 'close']);
  await expect(ready()).rejects.toThrow();
});
