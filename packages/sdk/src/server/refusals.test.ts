import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { FAKE_KEY, FakeSlipway } from '../faults/fake-slipway.ts';
import { UploadRejected } from './errors.ts';
import { createUploadHandler, type UploadHandlerOptions } from './handler.ts';
import { route } from './route.ts';

let fake: FakeSlipway;
const onError = vi.fn();

beforeEach(async () => {
  onError.mockReset();
  fake = await new FakeSlipway().listen();
});
afterEach(() => fake.close());

const routes = {
  photos: route({ types: ['image/*'], maxSize: 9, maxFiles: 2, input: z.string().optional() })
    .authorize(({ request }) => {
      const user = request.headers.get('x-user');
      if (user === 'broken') throw new Error('database password');
      if (!user) throw new UploadRejected('Sign in first.', { status: 401 });
    })
    .fileOptions(({ file }) => {
      if (file.name === 'twice.png') throw new UploadRejected('You have this one.');
      return {};
    }),
};

function post(files: object[], more: { user?: string; input?: unknown } = {}, options = {}) {
  const all: UploadHandlerOptions = {
    apiKey: FAKE_KEY,
    url: fake.url,
    retries: 0,
    onError,
    routes,
  };
  const { user = 'anna', input } = more;
  const work: Promise<unknown>[] = [];
  const waitUntil = (one: Promise<unknown>) => void work.push(one);
  const run = createUploadHandler({ ...all, waitUntil, ...options });
  const ask = async (list = files) => {
    const headers = { 'content-type': 'application/json', 'x-user': user };
    const body = JSON.stringify({ action: 'request', route: 'photos', files: list, input });
    return run(new Request('https://app.test/api/slipway', { method: 'POST', headers, body }));
  };
  return { ask, told: () => Promise.all(work) };
}

const png = (name = 'a.png', size = 4) => ({ name, size, type: 'image/png' });

test.each([
  ['authorize', [png()], { user: '' }, [['upload_rejected', 'Sign in first.']]],
  [
    'authorize, broken',
    [png()],
    { user: 'broken' },
    [['authorize_failed', /could not be decided/]],
  ],
  ['the schema', [png()], { input: 5 }, [['input_invalid', /The input is not valid/]]],
  ['types', [{ ...png(), type: 'text/plain' }], {}, [['file_type_not_allowed', /Allowed: image/]]],
  ['sizes', [png('a.png', 10)], {}, [['file_too_large', /The limit is 9 B/]]],
  ['a number', [png(), png(), png('c.png')], {}, [['too_many_files', /Too many/]]],
  ['fileOptions', [png('twice.png')], {}, [['upload_rejected', 'You have this one.']]],
])('what %s refuses is told to Slipway', async (...[, files, more, expected]) => {
  const { ask, told } = post(files, more);
  const answer = await ask();
  await told();
  const refused = files.at(-1) as ReturnType<typeof png>;
  expect(fake.refusals).toEqual(
    expected.map(([code, message]) => ({
      ...{ route: 'photos', code, repeats: 1, ...refused },
      message: message instanceof RegExp ? expect.stringMatching(message) : message,
    })),
  );
  expect(JSON.stringify(fake.refusals)).not.toContain('password');
  expect(JSON.stringify(await answer.json())).toContain(String(expected[0]?.[0]));
});

test('what Slipway refuses itself, or takes, is not told', async () => {
  fake.maxSize = 5;
  const { ask, told } = post([png('a.png', 6), png()]);
  await ask();
  await told();
  expect(fake.count('POST /api/upload-url')).toBe(2);
  expect(fake.refusals).toEqual([]);
});

test('nobody waits for it, and its failure is no other', async () => {
  let answer: ((response: Response) => void) | undefined;
  const fetch = () =>
    new Promise<Response>((resolve) => {
      answer = resolve;
    });
  const { ask, told } = post([png()], { user: '' }, { fetch });
  expect((await ask()).status).toBe(401);
  await vi.waitFor(() => expect(answer).toBeDefined());
  answer?.(Response.json({ error: { code: 'forbidden', message: 'No.' } }, { status: 403 }));
  await told();
  expect(onError).toHaveBeenCalledWith(expect.objectContaining({ code: 'forbidden' }), {
    ...{ during: 'refusals', route: null },
  });
});

test('a flood is one report at a time, counted, and of limited size', async () => {
  const { ask, told } = post([], { user: '' });
  await Promise.all(
    Array.from({ length: 300 }, (_, n) => ask([png(`${n}.png`), png(`${n}b.png`)])),
  );
  await told();
  const reported = fake.refusals as { repeats: number }[];
  expect(reported.reduce((sum, { repeats }) => sum + repeats, 0)).toBe(600);
  expect(reported.length).toBeLessThanOrEqual(102);
});

test('a Slipway that knows no such call is asked once', async () => {
  let calls = 0;
  const fetch = async () => {
    calls += 1;
    return Response.json({ error: { code: 'not_found', message: 'No.' } }, { status: 404 });
  };
  const { ask, told } = post([png()], { user: '' }, { fetch });
  for (let turn = 0; turn < 3; turn += 1) {
    await ask();
    await told();
  }
  expect(calls).toBe(1);
  expect(onError).not.toHaveBeenCalled();
});
