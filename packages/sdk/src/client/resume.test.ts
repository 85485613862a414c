import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FakeSlipway } from '../faults/fake-slipway.ts';
import { BYTES, film, hex, PART, PARTS, TestBrowser, UNDER_WAY } from '../faults/test-browser.ts';
import type { QueueOptions } from './uploader.ts';

let browser: TestBrowser;
let fake: FakeSlipway;

beforeEach(async () => {
  browser = await new TestBrowser().open();
  ({ fake } = browser);
});
afterEach(() => browser.close());

/** The tab goes away in the middle; another one adds the file again. */
async function interrupt(when: number, options: Partial<QueueOptions> = {}): Promise<void> {
  const { uploader } = browser.page(options);
  uploader.add([film()]);
  const release = await browser.holdAt(when);
  // As a closed tab: connections end, and nobody says anything.
  uploader.pause();
  release();
}

describe('after a reload', () => {
  test.each([1, 4, 9, PARTS])(
    'a file that is picked again goes on after %i begun parts',
    async (when) => {
      await interrupt(when);
      expect((await browser.upload()).done).toBe(1);
      expect(fake.stored.size).toBe(1);
      expect(browser.stored()).toEqual([hex(BYTES)]);
      expect(browser.sentAgain()).toBeLessThanOrEqual(UNDER_WAY);
      expect(browser.records.get('slipway-uploads')).toBe('{}');
    },
  );

  test('an edited file is never stitched together, though name, size and time are the same', async () => {
    // Too large for a digest of the whole, which would tell at once.
    const options = { hashUpTo: PART };
    await interrupt(10, options);
    const arrived = fake.parts.seen.filter(({ status }) => status === 200);
    expect(arrived.map(({ number }) => number)).toContain(1);
    const edited = new Uint8Array(BYTES);
    edited[100] = (edited[100] ?? 0) ^ 1;
    fake.parts.seen.length = 0;
    const { uploader } = browser.page(options);
    uploader.add([film(edited)]);
    expect((await uploader.settled()).done).toBe(1);
    expect(browser.stored()).toEqual([hex(edited)]);
    const again = arrived.filter(({ number }) => browser.attempts(number).length > 0);
    expect(again.map(({ number }) => number)).toEqual([1]);
  });

  test('an upload that is over is not gone on with', async () => {
    await interrupt(4);
    const [id = ''] = [...fake.stored.keys()];
    fake.parts.settle(id, 'deleted');
    fake.stored.delete(id);
    const { uploader } = browser.page();
    uploader.add([film()]);
    await uploader.settled();
    uploader.retry();
    expect((await uploader.settled()).done).toBe(1);
    expect(browser.stored()).toEqual([hex(BYTES)]);
  });

  test('an upload whose address expired begins anew by itself', async () => {
    await interrupt(4);
    fake.parts.elapsed = 2 * fake.parts.sessionTtl;
    expect((await browser.upload()).done).toBe(1);
    expect(fake.stored.size).toBe(2);
  });

  test('somebody else does not go on with it', async () => {
    await interrupt(4);
    browser.user = 'mallory';
    expect((await browser.upload()).done).toBe(1);
    expect([...fake.stored.values()].map(({ file }) => [file.status, file.metadata])).toEqual([
      ['pending', { user: 'anna' }],
      ['ready', { user: 'mallory' }],
    ]);
  });

  test('what arrived completely meanwhile is only completed', async () => {
    fake.fault('POST /api/upload-complete', ...Array.from({ length: 20 }, () => 'drop' as const));
    const { uploader } = browser.page({ retries: 0 });
    uploader.add([film()]);
    expect((await uploader.settled()).failed).toBe(1);
    fake.faults.clear();
    expect((await browser.upload()).done).toBe(1);
    expect(browser.sentAgain()).toBe(0);
  });

  test('the same file twice is two uploads, and one may be cancelled', async () => {
    await interrupt(6);
    const { uploader } = browser.page();
    const [first, second] = uploader.add([film(), film()]);
    uploader.add([film()]);
    const release = await browser.holdAt(fake.parts.seen.length + 3);
    uploader.cancel(second?.key);
    release();
    const { items } = await uploader.settled();
    expect(items.map(({ state }) => state)).toEqual(['done', 'cancelled', 'done']);
    expect(items[0]?.key).toBe(first?.key);
    expect(fake.stored.size).toBe(3);
  });

  describe('a file in one piece', () => {
    const small = () => film(BYTES.slice(0, 1000), 'small.bin');

    async function stopAt(fault: string): Promise<void> {
      fake.fault(fault, ...Array.from({ length: 20 }, () => 'drop' as const));
      const { uploader } = browser.page({ retries: 0 });
      uploader.add([small()]);
      expect((await uploader.settled()).failed).toBe(1);
      fake.faults.clear();
    }

    async function goOn(): Promise<void> {
      const { uploader } = browser.page();
      uploader.add([small()]);
      expect((await uploader.settled()).done).toBe(1);
      expect(browser.records.get('slipway-uploads')).toBe('{}');
    }

    test.each(['POST /api/upload-complete', 'PUT /put/'])(
      'that was interrupted at %s is one file in the end',
      async (fault) => {
        await stopAt(fault);
        await goOn();
        expect(browser.stored()).toEqual([hex(BYTES.slice(0, 1000))]);
      },
    );

    test('begins anew when its upload has ended meanwhile', async () => {
      await stopAt('POST /api/upload-complete');
      const [id = ''] = [...fake.stored.keys()];
      fake.stored.delete(id);
      await goOn();
      expect(fake.stored.has(id)).toBe(false);
      expect(browser.stored()).toEqual([hex(BYTES.slice(0, 1000))]);
    });
  });

  test('nothing is remembered where that is not wanted', async () => {
    const { uploader } = browser.page({ resumable: false });
    uploader.add([film()]);
    const release = await browser.holdAt(3);
    expect(browser.records.size).toBe(0);
    release();
    expect((await uploader.settled()).done).toBe(1);
  });
});
