import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { FAKE_KEY, FakeSlipway } from '../faults/fake-slipway.ts';
import { createUploadHandler, type HandlerErrorContext } from './handler.ts';
import { route } from './route.ts';
import { stricter } from './route-rules.ts';

let fake: FakeSlipway;
const onError = vi.fn();
/** What is told of a refusal is told behind its answer, when the test may be over: see refusals.test.ts. */
const quietly = (error: unknown, context: HandlerErrorContext) =>
  context.during === 'refusals' || onError(error, context);

beforeEach(async () => {
  onError.mockReset();
  fake = await new FakeSlipway().listen();
});
afterEach(() => fake.close());

interface Answer {
  files?: { ok: boolean; error?: { code: string; message: string } }[];
}

async function post(name: string, run: (request: Request) => Promise<Response>): Promise<Answer> {
  const files = [{ name: 'a.png', size: 4, type: 'image/png' }];
  const response = await run(
    new Request('https://app.test/api/slipway', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action: 'request', route: name, files }),
    }),
  );
  return (await response.json()) as Answer;
}

describe('a route’s rules', () => {
  const kept = (options: Parameters<typeof route>[0]) =>
    createUploadHandler({
      ...{ apiKey: FAKE_KEY, url: fake.url, retries: 0, onError: quietly },
      routes: { kept: route(options).public() },
    });

  test('go to Slipway with each upload, which holds them', async () => {
    const run = kept({
      ...{ types: ['image/*', '.DNG'], minSize: '1B', maxSize: '1KB', keyPrefix: 'avatars' },
      ...{ image: { maxWidth: 100 }, folder: 'a', temporary: true, confirmWithinHours: 2 },
    });
    await post('kept', run);
    expect(fake.seen[0]?.body).toMatchObject({
      ...{ route: 'kept', folder: 'a', temporary: true, confirmWithinHours: 2 },
      rules: {
        ...{ allowedTypes: ['image/*', '.dng'], minSize: 1, maxSize: 1024 },
        ...{ image: { maxWidth: 100 }, keyPrefix: 'avatars' },
      },
    });
    await post('kept', kept({ types: ['*/*'] }));
    expect(fake.seen[1]?.body).toMatchObject({ rules: {} });
  });

  test('a file that is too small is refused', async () => {
    const body = await post('kept', kept({ minSize: 5 }));
    expect(body.files).toMatchObject([{ error: { code: 'file_too_small' } }]);
    expect(fake.seen).toEqual([]);
  });

  test('of the route’s word and the file’s the stricter holds', () => {
    const wide = { visibility: 'public', expiresInDays: 9, confirmWithinHours: 9 } as const;
    const strict = { visibility: 'private', expiresInDays: 2, confirmWithinHours: 1 } as const;
    for (const [one, other] of [
      [wide, strict],
      [strict, wide],
    ] as const)
      expect(stricter(one, other)).toMatchObject(strict);
    expect(stricter({ temporary: true }, { temporary: false }).temporary).toBe(true);
    expect(stricter({ folder: 'a', tags: ['x'] }, { folder: 'b', tags: ['x', 'y'] })).toMatchObject(
      {
        folder: 'a/b',
        tags: ['x', 'y'],
      },
    );
    expect(Object.values(stricter({}, {})).every((value) => value === undefined)).toBe(true);
  });

  test('metadata are as the schema takes and makes them', async () => {
    const metadata = z.object({ album: z.coerce.number<string>(), note: z.string().default('-') });
    const run = createUploadHandler({
      ...{ apiKey: FAKE_KEY, url: fake.url, retries: 0, onError: quietly },
      routes: {
        right: route({ metadata })
          .public()
          .fileOptions(() => ({ metadata: { album: '7' } })),
        wrong: route({ metadata }).authorize(() => ({ album: 'x', secret: 1 })),
      },
    });
    await post('right', run);
    expect(fake.seen[0]?.body).toMatchObject({ metadata: { album: 7, note: '-' } });
    const body = await post('wrong', run);
    expect(body.files).toMatchObject([{ error: { code: 'metadata_invalid' } }]);
    expect(body.files?.[0]?.error?.message).toContain('album');
    expect(fake.seen).toHaveLength(1);
    expect(onError).not.toHaveBeenCalled();
  });

  test.each(['png', 'image', 'image/', '.', '.a-b'])('%s is no type, at the start', (type) => {
    expect(() => route({ types: [type] })).toThrow(/Expected a type such as/);
  });
});
