import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FAKE_KEY, type FakeSlipway } from '../faults/fake-slipway.ts';
import { BYTES, film, hex, PART, PARTS, TestBrowser, UNDER_WAY } from '../faults/test-browser.ts';
import { createUploader } from './create-uploader.ts';

let browser: TestBrowser;
let fake: FakeSlipway;

beforeEach(async () => {
  browser = await new TestBrowser().open();
  ({ fake } = browser);
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await browser.close();
});

describe('a large file', () => {
  test('goes in parts, four at once, with URLs asked for in batches, each part once', async () => {
    let now = 0;
    let most = 0;
    fake.parts.begins = async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setTimeout(resolve, 10));
      now -= 1;
    };
    const { items, progress } = await browser.upload();
    expect(items[0]).toMatchObject({ state: 'done', progress: 1 });
    expect(items[0]?.result?.checksum).toMatch(/^sha256-parts:65536:/);
    expect(browser.stored()).toEqual([hex(BYTES)]);
    expect([fake.parts.seen.length, most, progress]).toEqual([PARTS, 4, 1]);
    expect(fake.count('POST /api/uploads/')).toBe(2);
    expect(fake.parts.received).toBe(BYTES.length);
    expect(browser.records.get('slipway-uploads')).toBe('{}');
  });

  test('and others share four connections', async () => {
    let now = 0;
    let most = 0;
    fake.parts.begins = async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setTimeout(resolve, 5));
      now -= 1;
    };
    const { uploader } = browser.page();
    uploader.add([film(), film(BYTES, 'second.bin'), film(BYTES, 'third.bin')]);
    expect((await uploader.settled()).done).toBe(3);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(4);
  });

  test('is sent without digests, and not remembered, where the page has no Web Crypto', async () => {
    vi.stubGlobal('crypto', {});
    const api = (path: string, body: unknown) =>
      fetch(`${fake.url}/api/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${FAKE_KEY}` },
        body: JSON.stringify(body),
      }).then((response) => response.json());
    const uploader = createUploader({
      transport: {
        place: 'test',
        request: async (files) =>
          Promise.all(
            files.map(async (file) => ({
              ok: true as const,
              token: 't',
              upload: await api('upload-url', { ...file, multipart: true }),
            })),
          ),
        complete: async ({ upload: { id } }) => ({
          file: await api('upload-complete', { id }),
          serverData: null,
        }),
      },
    });
    uploader.add([film()]);
    expect((await uploader.settled()).items[0]?.error).toBeNull();
    expect(browser.stored()).toEqual([hex(BYTES)]);
    expect(fake.seen.some(({ body }) => JSON.stringify(body)?.includes('sha256'))).toBe(false);
    expect(browser.records.get('slipway-uploads')).toBe('{}');
  });
});

describe('bad luck', () => {
  test('a part that was damaged is sent again, and no other', async () => {
    fake.parts.flips = ({ number }) => number === 5 && browser.attempts(5).length === 1;
    expect((await browser.upload()).done).toBe(1);
    expect(browser.attempts(5).map(({ status }) => status)).toEqual([422, 200]);
    expect(fake.parts.seen).toHaveLength(PARTS + 1);
    expect(browser.stored()).toEqual([hex(BYTES)]);
  });

  test('a line that damages every third part only costs time', async () => {
    let count = 0;
    fake.parts.flips = () => {
      count += 1;
      return count % 3 === 0;
    };
    expect((await browser.upload()).done).toBe(1);
    expect(browser.stored()).toEqual([hex(BYTES)]);
  });

  test('URLs that expired are renewed', async () => {
    fake.parts.partTtl = -1;
    fake.parts.begins = () => {
      fake.parts.partTtl = 600_000;
    };
    expect((await browser.upload()).done).toBe(1);
    expect(fake.parts.seen.filter(({ status }) => status === 403).length).toBeGreaterThan(0);
    expect(browser.sentAgain()).toBeLessThanOrEqual(UNDER_WAY);
  });

  test('a part whose answer was lost is asked for, not sent again', async () => {
    fake.parts.losesAnswer = ({ number }) => number === 3;
    expect((await browser.upload()).done).toBe(1);
    expect(browser.attempts(3)).toHaveLength(1);
    expect(browser.sentAgain()).toBe(0);
  });

  test('a part that the storage lost is sent again at the end', async () => {
    fake.parts.begins = ({ id, number }) => {
      if (number === PARTS && browser.attempts(PARTS).length === 1) fake.parts.lose(id, 2);
    };
    expect((await browser.upload()).done).toBe(1);
    expect(browser.attempts(2)).toHaveLength(2);
    expect(browser.stored()).toEqual([hex(BYTES)]);
  });

  test('the server restarts in the middle', async () => {
    let restarted: Promise<void> | undefined;
    fake.parts.begins = ({ number }) => {
      if (number === 6) restarted ??= fake.restart(700);
    };
    expect((await browser.upload()).done).toBe(1);
    await restarted;
    expect(browser.stored()).toEqual([hex(BYTES)]);
    expect(browser.sentAgain()).toBeLessThanOrEqual(UNDER_WAY);
    expect(fake.stored.size).toBe(1);
  });

  test('the connection is cut at any byte: one part at most is sent again', async () => {
    const anyOffset = fc.integer({ min: 1, max: BYTES.length - 1 });
    await fc.assert(
      fc.asyncProperty(anyOffset, async (offset) => {
        fake.parts.seen.length = 0;
        fake.stored.clear();
        fake.parts.cutAt = offset;
        expect((await browser.upload()).done).toBe(1);
        expect(browser.stored()).toEqual([hex(BYTES)]);
        expect(browser.sentAgain()).toBeLessThanOrEqual(PART);
      }),
      { numRuns: 10 },
    );
  }, 60_000);

  test('offline: it waits, however long, and goes on', async () => {
    const page = new EventTarget();
    vi.stubGlobal('navigator', { onLine: true });
    vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
    fake.parts.begins = ({ number }) => {
      if (number !== 6 || browser.attempts(6).length > 1) return;
      vi.stubGlobal('navigator', { onLine: false });
      fake.parts.cutAt = fake.parts.received;
    };
    const { uploader } = browser.page({ retries: 1 });
    uploader.add([film()]);
    await vi.waitFor(() => expect(navigator.onLine).toBe(false));
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(uploader.getSnapshot().items[0]?.state).toBe('uploading');
    expect(fake.count('GET /api/uploads/')).toBe(0);
    vi.stubGlobal('navigator', { onLine: true });
    page.dispatchEvent(new Event('online'));
    expect((await uploader.settled()).done).toBe(1);
    expect(browser.stored()).toEqual([hex(BYTES)]);
  });

  test('one bad file does not sink the others', async () => {
    const { uploader } = browser.page({ retries: 0 });
    const bad = film(new Uint8Array(BYTES).fill(7), 'bad.bin');
    fake.parts.flips = ({ id }) => fake.stored.get(id)?.file.name === 'bad.bin';
    uploader.add([film(), bad, film(BYTES, 'other.bin')]);
    const { items } = await uploader.settled();
    expect(items.map(({ state }) => state)).toEqual(['done', 'error', 'done']);
    expect(items[1]?.error).toMatchObject({ code: 'digest_mismatch', status: 422 });
    fake.parts.flips = () => false;
    const before = fake.parts.received;
    uploader.retry();
    expect((await uploader.settled()).done).toBe(3);
    expect(fake.parts.received - before).toBeLessThanOrEqual(BYTES.length);
  });
});

describe('pause and cancel', () => {
  test('a paused file sends nothing, keeps its parts, and goes on', async () => {
    const { uploader, shown } = browser.page();
    const [item] = uploader.add([film()]);
    const release = await browser.holdAt(7);
    uploader.pause(item?.key);
    release();
    expect(uploader.getSnapshot()).toMatchObject({ active: true, items: [{ state: 'paused' }] });
    await new Promise((resolve) => setTimeout(resolve, 200));
    const before = fake.parts.seen.length;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(fake.parts.seen).toHaveLength(before);
    uploader.resume();
    expect((await uploader.settled()).done).toBe(1);
    expect(browser.stored()).toEqual([hex(BYTES)]);
    expect(browser.sentAgain()).toBeLessThanOrEqual(UNDER_WAY);
    expect(fake.stored.size).toBe(1);
    expect(shown).toEqual([...shown].sort((a, b) => a - b));
  });

  test('a paused file gives its place to the next', async () => {
    const { uploader } = browser.page({ concurrency: 1 });
    const [first] = uploader.add([film(), film(BYTES, 'second.bin')]);
    const release = await browser.holdAt(1);
    uploader.pause(first?.key);
    release();
    await vi.waitFor(() => expect(uploader.getSnapshot().items[1]?.state).toBe('done'), 10_000);
    expect(uploader.getSnapshot().items[0]?.state).toBe('paused');
    uploader.resume(first?.key);
    expect((await uploader.settled()).done).toBe(2);
  });

  test('what arrived of a cancelled file is discarded, and a retry is a new upload', async () => {
    const { uploader } = browser.page();
    const [item] = uploader.add([film()]);
    const release = await browser.holdAt(3);
    uploader.cancel();
    release();
    const [id = ''] = [...fake.stored.keys()];
    await vi.waitFor(() => expect(fake.parts.statusOf(id)).toBe('deleted'));
    expect(browser.records.get('slipway-uploads')).toBe('{}');
    uploader.retry(item?.key);
    expect((await uploader.settled()).done).toBe(1);
    expect(fake.stored.size).toBe(2);
  });
});
