import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createUploadHandler } from './handler.ts';
import { route } from './route.ts';

const warned = vi.fn();
beforeEach(() => {
  for (const name of ['SLIPWAY_URL', 'SLIPWAY_API_KEY', 'NEXT_PHASE']) vi.stubEnv(name, undefined);
  vi.spyOn(process, 'emitWarning').mockImplementation(warned);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  warned.mockReset();
});

const routes = {
  open: route().public(),
  broken: route().authorize(() => {
    throw new Error('no session');
  }),
};
const address = 'https://app.example.com/api/slipway';
const told = () => warned.mock.calls.map(([text]) => String(text));

const upload = (name: keyof typeof routes) =>
  new Request(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      action: 'request',
      route: name,
      files: [{ name: 'a.txt', size: 1, type: 'text/plain' }],
    }),
  });

test('a handler without address and key says so once, in one line, when it is made', async () => {
  const handle = createUploadHandler({ routes });
  const line =
    'Uploads fail until SLIPWAY_URL and SLIPWAY_API_KEY are set: see /docs/start/install of your Slipway';
  expect(told()).toEqual([line]);
  await handle(new Request(address));
  expect(told()).toEqual([line]);
});

test('with the address, the line has a link', () => {
  createUploadHandler({ routes, url: 'https://uploads.example.com/' });
  expect(told()).toEqual([
    'Uploads fail until SLIPWAY_API_KEY is set: see https://uploads.example.com/docs/start/install',
  ]);
  warned.mockReset();
  createUploadHandler({ routes, url: 'https://uploads.example.com', apiKey: 'sk_test_x' });
  expect(told()).toEqual([]);
});

test.each([
  ['on the edge', () => vi.stubGlobal('process', { env: {} })],
  ['in a build of Next.js', () => vi.stubEnv('NEXT_PHASE', 'phase-production-build')],
])('where variables may come later, %s, the first request says it', async (_, begin) => {
  vi.spyOn(console, 'warn').mockImplementation(warned);
  begin();
  const handle = createUploadHandler({ routes });
  expect(told()).toEqual([]);
  await handle(new Request(address));
  await handle(new Request(address));
  expect(told()).toHaveLength(1);
});

test('an upload that Slipway or its set-up fails is one line; what fails in a route has its stack', async () => {
  let behind: Promise<unknown> | undefined;
  const handle = createUploadHandler({
    routes,
    waitUntil: (work) => {
      behind = work;
    },
  });
  warned.mockReset();
  expect((await handle(upload('open'))).status).toBe(200);
  const [failed] = told();
  expect(failed).toMatch(/^Upload route open, create: invalid_configuration: No /);
  expect(failed).not.toContain('\n');
  warned.mockReset();
  expect((await handle(upload('broken'))).status).toBe(500);
  expect(told()[0]).toMatch(/^Upload route broken, authorize: Error: no session\n {4}at /);
  await behind;
  expect(told()[1]).toMatch(/^Upload route \?, refusals: invalid_configuration: No [^\n]+$/);
});
