import { expect, test } from 'vitest';
import { createLogger, createMetrics } from '../telemetry/index.ts';
import { mountHealth } from './health.ts';
import { createRouter } from './kernel.ts';

test('why a check fails goes to the log, once, and not into the answer', async () => {
  const log = createLogger({ service: 'test', level: 'silent' });
  const said: unknown[] = [];
  log.warn = (...entry: unknown[]) => void said.push(entry);
  log.info = (...entry: unknown[]) => void said.push(entry);
  const cause = new Error('password of 10.0.0.7 is wrong');
  let broken = true;
  const app = createRouter();
  mountHealth(app, {
    checks: {
      database: async () => {
        if (broken) throw cause;
      },
      storage: async () => undefined,
    },
    log,
    metrics: createMetrics('test'),
    lifecycle: { stopping: false },
  });
  for (let times = 0; times < 3; times += 1) {
    const response = await app.request('/readyz');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      status: 'unready',
      checks: { database: 'failed', storage: 'ok' },
    });
  }
  expect(said).toEqual([
    [{ check: 'database', err: cause }, 'the readiness check "database" failed'],
  ]);
  broken = false;
  expect((await app.request('/readyz')).status).toBe(200);
  expect(said).toHaveLength(2);
});

test('what is only reported shows its failure and leaves the process ready', async () => {
  const app = createRouter();
  mountHealth(app, {
    checks: { database: async () => undefined },
    reported: { scanner: () => Promise.reject(new Error('gone')) },
    log: createLogger({ service: 'test', level: 'silent' }),
    metrics: createMetrics('test'),
    lifecycle: { stopping: false },
  });
  const response = await app.request('/readyz');
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    status: 'ready',
    checks: { database: 'ok', scanner: 'failed' },
  });
});
