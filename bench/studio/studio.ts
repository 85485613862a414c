import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { makeBracket } from '@repo/engine/test-pictures';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { findChromium } from '../../scripts/stack/find-chromium.ts';
import { plainEnv, startServer } from '../child-process.ts';
import type { Stack } from '../stack.ts';

/** PhotoEstate Pro as `npm start` runs it, and a browser whose context is signed in there. */
export interface Studio {
  readonly url: string;
  readonly browser: Browser;
  readonly context: BrowserContext;
  /** Of PhotoEstate Pro. */
  readonly databaseUrl: string;
  createListing(address: string): Promise<string>;
  close(): Promise<void>;
}

interface Account {
  url: string;
  email: string;
  password: string;
}

export async function openStudio(stack: Stack, name: string): Promise<Studio> {
  const dataDir = join(stack.folder, name);
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
  try {
    const account: Account = JSON.parse(
      readFileSync(join(dataDir, 'demo.json'), 'utf8'),
    ).photoestate;
    const browser = await chromium.launch({
      executablePath: findChromium(console.log),
      args: ['--disable-gpu', '--disable-background-networking'],
    });
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    await signIn(context, account);
    return {
      url: account.url,
      browser,
      context,
      databaseUrl: databaseOf(dataDir),
      createListing: (address) => createListing(context, { url: account.url, address }),
      close: async () => {
        await browser.close();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function databaseOf(dataDir: string): string {
  const folder = join(dataDir, 'postgres');
  const password = readFileSync(join(folder, 'password'), 'utf8').trim();
  const [, , , port] = readFileSync(join(folder, 'cluster', 'postmaster.pid'), 'utf8').split('\n');
  return `postgres://app:${password}@127.0.0.1:${port}/photoestate`;
}

async function signIn(context: BrowserContext, { url, email, password }: Account): Promise<void> {
  const response = await context.request.post(`${url}/api/auth/sign-in/email`, {
    headers: { origin: url },
    data: { email, password },
  });
  if (!response.ok()) throw new Error(`signing in was answered with ${response.status()}`);
}

async function createListing(
  context: BrowserContext,
  { url, address }: { url: string; address: string },
): Promise<string> {
  const response = await context.request.post(`${url}/api/trpc/listing.create`, {
    headers: { origin: url },
    data: { json: { address } },
  });
  return (await response.json()).result.data.json.id;
}

export interface Frame {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const EVS = [0, -2, 2, -4, 4];

/** Brackets of five, a minute after each other. */
export async function makeShoot(scenes: number): Promise<Frame[]> {
  const frames: Frame[] = [];
  for (let seed = 1; seed <= scenes; seed += 1) {
    const startAt = new Date(Date.UTC(2026, 4, 1, 10, seed));
    const bracket = await makeBracket({ width: 960, height: 640, evs: EVS, seed, startAt });
    for (const { name, bytes } of bracket) frames.push({ name: `${seed}-${name}`, bytes });
  }
  return frames;
}

/** Through the page, as a photographer would. */
export async function choosePhotos(page: Page, files: Parameters<Page['setInputFiles']>[1]) {
  const item = page.getByRole('menuitem', { name: 'Choose photos' });
  // The dialog that leaves handles on files cannot be answered from here; the one before it can.
  await page.evaluate(() => Object.assign(globalThis, { showOpenFilePicker: undefined }));
  // A page that was just loaded is seen a moment before it hears.
  while (!(await item.isVisible())) {
    await page.getByRole('button', { name: 'Choose photos' }).click();
    await item.waitFor({ timeout: 2_000 }).catch(() => undefined);
  }
  const chooser = page.waitForEvent('filechooser');
  await item.click();
  await (await chooser).setFiles(files);
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
