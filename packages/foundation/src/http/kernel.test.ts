import { expect, test } from 'vitest';
import { createLogger, createMetrics } from '../telemetry/index.ts';
import { createKernel } from './index.ts';

function ask(trustedProxies: number, forwarded: string | undefined) {
  const app = createKernel({
    log: createLogger({ service: 'test', level: 'silent' }),
    metrics: createMetrics('test'),
    errorDocs: 'http://localhost/docs/errors',
    trustedProxies,
  });
  app.get('/ip', (c) => c.json(c.get('ip')));
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return Promise.resolve(
    app.request('/ip', { headers }, { incoming: { socket: { remoteAddress: '10.0.0.9' } } }),
  ).then((response) => response.json());
}

test('without a proxy nobody is believed', async () => {
  expect(await ask(0, '203.0.113.7')).toBe('10.0.0.9');
});

test('behind proxies only the entries that they wrote count', async () => {
  expect(await ask(1, '6.6.6.6, 203.0.113.7')).toBe('203.0.113.7');
  expect(await ask(2, '6.6.6.6, 203.0.113.7, 10.0.0.8')).toBe('203.0.113.7');
});

test('a header that is missing where a proxy should write one leaves the peer', async () => {
  expect(await ask(1, undefined)).toBe('10.0.0.9');
  expect(await ask(3, '203.0.113.7')).toBe('10.0.0.9');
});
