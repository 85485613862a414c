import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { makeBracket } from '@repo/engine/test-pictures';
import { type BrowserContext, chromium } from 'playwright-core';
import { findChromium } from '../../scripts/stack/find-chromium.ts';
import { plainEnv, startServer } from '../child-process.ts';
import type { Options } from '../options.ts';
import { middleRun, type Report, table } from '../report.ts';
import type { Stack } from '../stack.ts';
import { LINE, measureView, type View } from './measure-view.ts';

const SCENES = 20;
const EVS = [0, -2, 2, -4, 4];
const TARGET_MS = 1_500;
/** Until so many photos are read. */
const PATIENCE_MS = 600_000;

interface Studio {
  url: string;
  email: string;
  password: string;
}

/**
 * PhotoEstate Pro as `npm start` runs it: what a photographer waits for who opens the list of listings, and
 * a listing of 100 photos, in a browser that has nothing of it yet.
 */
export async function benchFirstView(stack: Stack, options: Options): Promise<Report> {
  const dataDir = join(stack.folder, 'first-view');
  console.log('Starting both products …');
  const server = await startServer({
    name: 'npm start',
    args: [join(import.meta.dirname, '..', '..', 'scripts', 'start.ts')],
    env: plainEnv({
      DATA_DIR: dataDir,
      SLIPWAY_PORT: String(await freePort()),
      PHOTOESTATE_PORT: String(await freePort()),
    }),
    isReady: (line) => line.includes('PhotoEstate Pro ready: '),
    signal: stack.signal,
  });
  const browser = await chromium.launch({
    executablePath: findChromium(console.log),
    args: ['--disable-gpu', '--disable-background-networking'],
  });
  try {
    const studio: Studio = JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8')).photoestate;
    const context = await browser.newContext();
    await signIn(context, studio);
    const listingId = await shoot(context, studio);
    const cookies = await context.cookies();
    const views = {
      'a listing of 100 photos': { path: `/listings/${listingId}`, selector: '[data-photo] img' },
      'the list of listings': { path: '/listings', selector: '[data-listings] img' },
    };
    const rows: [string, View][] = [];
    for (const [name, { path, selector }] of Object.entries(views)) {
      const runs: View[] = [];
      for (let run = 0; run <= options.runs; run += 1) {
        const view = await measureView(browser, { url: `${studio.url}${path}`, cookies, selector });
        // The server has made no such page before the first one.
        if (run > 0) runs.push(view);
      }
      rows.push([name, middleRun(runs, ({ lcp }) => lcp)]);
    }
    return { text: report(rows, options), problems: [] };
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function signIn(context: BrowserContext, { url, email, password }: Studio): Promise<void> {
  const response = await context.request.post(`${url}/api/auth/sign-in/email`, {
    headers: { origin: url },
    data: { email, password },
  });
  if (!response.ok()) throw new Error(`signing in was answered with ${response.status()}`);
}

/** Brackets through the page, as a photographer would. */
async function shoot(context: BrowserContext, { url }: Studio): Promise<string> {
  const call = async (path: string, json: object) => {
    const response = await context.request.post(`${url}/api/trpc/${path}`, {
      headers: { origin: url },
      data: { json },
    });
    return (await response.json()).result.data.json;
  };
  const { id } = await call('listing.create', { address: '100 Ocean Drive' });
  const page = await context.newPage();
  await page.goto(`${url}/listings/${id}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  console.log(`Uploading ${SCENES * EVS.length} photos …`);
  const files = [];
  for (let seed = 1; seed <= SCENES; seed += 1) {
    const startAt = new Date(Date.UTC(2026, 4, 1, 10, seed));
    const frames = await makeBracket({ width: 960, height: 640, evs: EVS, seed, startAt });
    for (const { name, bytes } of frames) {
      files.push({ name: `${seed}-${name}`, mimeType: 'image/jpeg', buffer: Buffer.from(bytes) });
    }
  }
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose photos' }).click();
  await (await chooser).setFiles(files);
  await page
    .getByText(`${files.length} photos · ${SCENES} scenes`)
    .waitFor({ timeout: PATIENCE_MS });
  await page.close();
  return id;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = address && typeof address === 'object' ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

function report(rows: readonly [string, View][], { runs }: Options): string {
  const slow = rows.filter(([, { lcp }]) => lcp >= TARGET_MS).map(([name]) => name);
  return [
    `PhotoEstate Pro in Chromium with an empty cache, 1440 × 900, ${LINE.megabits} Mbit/s and ${LINE.latency} ms as Lighthouse has it for desktops; middle of ${runs} looks`,
    '',
    table(
      ['', 'FCP ms', 'LCP ms', 'pictures ms', 'CLS', 'TBT ms', 'requests', 'KB', 'elements'],
      rows.map(([name, view]) => [
        name,
        view.fcp,
        view.lcp,
        view.pictures,
        view.cls.toFixed(3),
        view.tbt,
        view.requests,
        view.kilobytes,
        view.elements,
      ]),
    ),
    '',
    slow.length === 0
      ? `Each is there within ${TARGET_MS} ms.`
      : `Slower than ${TARGET_MS} ms: ${slow.join(', ')}.`,
  ].join('\n');
}
