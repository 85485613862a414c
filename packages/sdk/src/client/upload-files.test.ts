import { describe, expect, test } from 'vitest';
import { FAKE_KEY, FakeSlipway } from '../faults/fake-slipway.ts';
import { createUploadHandler } from '../server/handler.ts';
import { route } from '../server/route.ts';
import { uploadFiles } from './upload-files.ts';

const picture = (name: string) => new File([new Uint8Array(100)], name, { type: 'image/png' });

describe('with the real handler', () => {
  test('uploads over HTTP, through lost answers and a failing callback', async () => {
    const fake = await new FakeSlipway().listen();
    let calls = 0;
    const handle = createUploadHandler({
      apiKey: FAKE_KEY,
      url: fake.url,
      onError: () => undefined,
      routes: {
        pictures: route({ types: ['image/*'], maxFiles: 9 })
          .public()
          .onComplete(({ file }) => {
            calls += 1;
            if (calls === 1) throw new Error('once');
            return { name: file.name };
          }),
      },
    });
    fake.loseAnswers = 1;
    fake.fault('PUT /put/', { status: 503 });
    const items = await uploadFiles<undefined, { name: string }>(
      [picture('a.png'), picture('b.png'), new File(['x'], 'c.txt')],
      {
        route: 'pictures',
        endpoint: 'https://app.test/api/slipway',
        fetch: (url, init) => handle(new Request(url, init)),
      },
    );
    expect(
      items.map(({ state, serverData, error }) => serverData?.name ?? error?.code ?? state),
    ).toEqual(['a.png', 'b.png', 'file_type_not_allowed']);
    expect([...fake.stored.values()].every(({ bytes }) => bytes?.length === 100)).toBe(true);
    await fake.close();
  });
});
