import { randomUUID } from 'node:crypto';
import { createLogger } from '@repo/foundation/telemetry';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttp } from '../http.ts';
import { startTestSlipway, type TestSlipway } from '../testing/index.ts';

let slipway: TestSlipway;
let key: string;

beforeAll(async () => {
  slipway = await startTestSlipway();
  ({ key } = await slipway.project(await slipway.tenant()));
});
afterAll(() => slipway.close());

/** What a request was answered with, and what was logged of it. */
async function traces(path: string, init: RequestInit = {}, broken = false): Promise<string> {
  let lines = '';
  const log = createLogger(
    { service: 'slipway', level: 'trace' },
    {
      write: (line) => {
        lines += line;
      },
    },
  );
  const { runtime } = slipway;
  const failing = () => {
    throw new Error(`what was sent with Bearer ${key} could not be kept`);
  };
  const app = createHttp(
    { ...runtime, log, ...(broken && { context: failing }) },
    { stopping: false },
  );
  const response = await app.request(path, init, {
    incoming: { socket: { remoteAddress: randomUUID() } },
  });
  expect(lines).toContain('"status"');
  const headers = JSON.stringify([...response.headers]);
  return [response.status, headers, await response.text(), lines].join('\n');
}

const json = (body: object, headers: Record<string, string>) => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json', ...headers },
});

test('a key is in no answer and no log, wherever it was put', async () => {
  const authorization = `Bearer ${key}`;
  const headers = { authorization };
  const wrong = `Bearer ${key.slice(0, -1)}`;
  const all = [
    await traces('/api/project', { headers }),
    await traces('/api/project', { headers: { authorization: wrong } }),
    await traces(`/api/files/${key}`, { headers }),
    await traces(`/api/files/${key}/url?key=${key}`, { headers }),
    await traces(`/api/files?cursor=${key}`, { headers }),
    await traces(`/api/nowhere/${key}`),
    await traces(`/f/${key}`),
    await traces(`/tus/${key}`, { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' } }),
    await traces('/api/upload-complete', json({ id: key }, headers)),
    await traces('/api/upload-url', json({ name: 'a', size: key, type: key }, headers)),
    await traces('/api/project', { headers }, true),
  ];
  expect(all.at(-1)).toMatch(/^500/);
  for (const trace of all) {
    expect(trace).not.toContain(key);
    expect(trace).not.toContain(key.slice(8));
  }
});

test('a key in the address opens nothing', async () => {
  for (const path of [`/api/project?key=${key}`, `/api/project?authorization=Bearer%20${key}`])
    expect(await traces(path)).toMatch(/^401/);
});
