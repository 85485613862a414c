import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Page, Request } from 'playwright-core';
import { createSlipway, route, type Slipway } from 'slipway/server';
import { afterAll, beforeAll, expect } from 'vitest';
import { addressOf, journey, useBrowser } from './browser.ts';
import { serveUploadPage, type UploadPage } from './upload-page.ts';

useBrowser();

const MIB = 1024 ** 2;
const BYTES = randomBytes(52 * MIB);
const PARTS = 7;
const DIGEST = createHash('sha256').update(BYTES).digest('hex');

const folder = mkdtempSync(join(tmpdir(), 'slipway-e2e-'));
const name = `${randomUUID()}.bin`;
const film = join(folder, name);

let site: UploadPage;
let slipway: Slipway;

beforeAll(async () => {
  writeFileSync(film, BYTES);
  const apiKey = process.env['SLIPWAY_API_KEY'] ?? '';
  slipway = createSlipway({ url: addressOf('SLIPWAY_URL'), apiKey });
  site = await serveUploadPage({
    slipway: addressOf('SLIPWAY_URL'),
    apiKey,
    routes: { films: route({ maxSize: '1GB', maxFiles: 5 }).public() },
    jsx: `<UploadButton route="films" /><hr /><UploadDropzone route="films" pasteAnywhere />`,
  });
});
afterAll(async () => {
  await site?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The parts that a page sends, by number. */
function watchParts(page: Page) {
  const begun: number[] = [];
  const stored: number[] = [];
  const numberOf = (request: Request) =>
    request.method() === 'PUT' ? Number(new URL(request.url()).searchParams.get('part')) : 0;
  page.on('request', (request) => {
    const number = numberOf(request);
    if (number > 0) begun.push(number);
  });
  page.on('response', (response) => {
    const number = numberOf(response.request());
    if (number > 0 && response.ok()) stored.push(number);
  });
  return { begun, stored };
}

interface Line {
  readonly offline?: boolean;
  /** Bytes a second. */
  readonly upload?: number;
}

/** A line that can be slow, so that something can happen on the way, or gone. */
async function openLine(page: Page): Promise<(line: Line) => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  return async ({ offline = false, upload = -1 }) => {
    await session.send('Network.emulateNetworkConditions', {
      ...{ offline, latency: 0, downloadThroughput: -1, uploadThroughput: upload },
    });
  };
}

async function waitFor(what: () => boolean): Promise<void> {
  for (let wait = 0; !what(); wait += 1) {
    if (wait > 3000) throw new Error('Waited for 30 s.');
    await sleep(10);
  }
}

async function digestsOfStored(): Promise<string[]> {
  const { data } = await slipway.files.list({ q: name, status: 'ready' });
  return data.map(({ sha256 }) => sha256 ?? '');
}

journey(
  'a large file goes on after the page was reloaded and the file picked again',
  async ({ page }) => {
    await page.goto(site.url);
    const setLine = await openLine(page);
    await setLine({ upload: 6 * MIB });
    const button = page.getByRole('button', { name: 'Choose files' }).first();
    await button.waitFor();
    const input = page.locator('input[type=file]').first();
    const before = watchParts(page);
    await input.setInputFiles(film);
    await waitFor(() => before.stored.length >= 3);
    const [begun, stored] = [[...before.begun], [...before.stored]];
    await page.reload();

    await button.waitFor();
    await setLine({});
    const after = watchParts(page);
    await page.locator('input[type=file]').first().setInputFiles(film);
    await page.locator('[data-state=done]').waitFor();

    expect(await digestsOfStored()).toEqual([DIGEST]);
    // What had arrived is not sent again; of what was on its way, each part once more at most.
    expect(after.begun.filter((number) => stored.includes(number))).toEqual([]);
    const again = after.begun.filter((number) => begun.includes(number));
    expect(again.length).toBeLessThanOrEqual(4);
    expect(after.begun.length).toBeLessThanOrEqual(PARTS - stored.length);
    expect(await page.evaluate(() => localStorage.getItem('slipway-uploads'))).toBe('{}');
  },
);

journey('pausing, going offline and going on, by keyboard', async ({ page, problems }) => {
  await page.goto(site.url);
  const setLine = await openLine(page);
  await setLine({ upload: 8 * MIB });
  await page.getByRole('button', { name: 'Choose files' }).first().waitFor();
  const parts = watchParts(page);
  await page.locator('input[type=file]').first().setInputFiles(film);
  const item = page.getByRole('listitem');
  await waitFor(() => parts.stored.length >= 1);
  await item.getByRole('button', { name: `Pause: ${name}` }).focus();
  await page.keyboard.press('Enter');
  await item.getByText('Paused').waitFor();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  const shown = await item
    .getByRole('progressbar')
    .evaluate((bar: HTMLProgressElement) => bar.value);
  const begun = parts.begun.length;
  await sleep(500);
  expect(parts.begun).toHaveLength(begun);

  // The same key goes on: the button kept the focus. Without a network it waits.
  await setLine({ offline: true });
  await page.keyboard.press('Enter');
  await item.getByRole('button', { name: `Pause: ${name}` }).waitFor();
  await sleep(2000);
  expect(await item.getAttribute('data-state')).toBe('uploading');
  const later = await item
    .getByRole('progressbar')
    .evaluate((bar: HTMLProgressElement) => bar.value);
  expect(later).toBeGreaterThanOrEqual(shown);
  await setLine({});
  await page.locator('[data-state=done]').waitFor();
  expect(await digestsOfStored()).toContain(DIGEST);
  // The pause cost the parts that were on their way, and no more.
  expect(parts.begun.length).toBeLessThanOrEqual(PARTS + 4);
  expect(new Set(parts.stored).size).toBe(parts.stored.length);
  expect(problems.filter((text) => !/ERR_INTERNET_DISCONNECTED|ERR_NETWORK/.test(text))).toEqual(
    [],
  );
});

journey('files are dropped on the button, dropped on the zone, and pasted', async ({ page }) => {
  await page.goto(site.url);
  await page.getByRole('button', { name: 'Choose files' }).first().waitFor();
  const bring = (selector: string, type: 'drop' | 'paste', name: string) =>
    page.evaluate(
      ([place, kind, file]) => {
        const data = new DataTransfer();
        data.items.add(new File([`This is ${file}.`], file, { type: 'text/plain' }));
        const init = { bubbles: true, cancelable: true };
        const target = document.querySelector(place) ?? document.body;
        target.dispatchEvent(
          kind === 'drop'
            ? new DragEvent('drop', { ...init, dataTransfer: data })
            : new ClipboardEvent('paste', { ...init, clipboardData: data }),
        );
      },
      [selector, type, name] as const,
    );
  await bring('.slipway-button', 'drop', 'on-the-button.txt');
  await bring('.slipway-dropzone', 'drop', 'on-the-zone.txt');
  await bring('body', 'paste', 'on-the-page.txt');
  await bring('.slipway-button', 'paste', 'on-the-focus.txt');
  for (const name of ['on-the-button', 'on-the-zone', 'on-the-page', 'on-the-focus']) {
    const item = page.getByRole('listitem').filter({ hasText: name });
    await page.locator('[data-state=done]').filter({ hasText: name }).first().waitFor();
    // Once each: a paste on the button is not taken by the page as well.
    expect(await item.count()).toBe(1);
  }
});
