import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';

const RESULTS = join(import.meta.dirname, '..', '..', 'test-results');

/** Quiet and closed to the outside: a test browser has nobody to call. */
const ARGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

function chromiumPath(): string {
  const path = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  if (!existsSync(path))
    throw new Error(`There is no Chromium at ${path}: run this through \`npm test\``);
  return path;
}

let browser: Browser | undefined;

/** Call once at the top of a test file. */
export function useBrowser(): void {
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath(), args: ARGS });
  });
  afterAll(async () => {
    await browser?.close();
  });
}

export interface Journey {
  page: Page;
  context: BrowserContext;
  /** What the page said on its console as an error, or threw; a journey should end with none. */
  problems: string[];
}

/** Of journeys that take a minute where nothing else runs: a busy machine needs several times that. */
export const LONG = { timeout: 600_000 };

/** A test with a fresh browser profile; a failure leaves a screenshot of every open page in `test-results`. */
export function journey(
  name: string,
  walk: (journey: Journey) => Promise<void>,
  options: { timeout?: number } = {},
): void {
  test(name, options, async () => {
    if (browser === undefined) throw new Error('useBrowser() was not called in this file');
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      acceptDownloads: true,
    });
    const problems: string[] = [];
    context.setDefaultTimeout(30_000);
    context.on('weberror', (error) => problems.push(error.error().message));
    context.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    const page = await context.newPage();
    try {
      await walk({ page, context, problems });
    } catch (error) {
      await shoot(name);
      throw error;
    } finally {
      await context.close();
    }
  });
}

/** What each person saw, as they saw it. */
async function shoot(name: string): Promise<void> {
  mkdirSync(RESULTS, { recursive: true });
  const pages = browser?.contexts().flatMap((context) => context.pages()) ?? [];
  for (const [index, page] of pages.entries()) {
    const path = join(RESULTS, `${name.replace(/[^\w]+/g, '-').toLowerCase()}-${index + 1}.png`);
    await page.screenshot({ path }).catch(() => undefined);
  }
}

/**
 * What axe finds on the page as it stands, light and dark. In dark it looks at colours alone: a theme
 * changes nothing else.
 */
export async function violationsOf(page: Page, exclude?: string): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.locator(`html${colorScheme === 'dark' ? '.dark' : ':not(.dark)'}`).waitFor();
    // Its other way opens a page for each look, and takes the one in front away.
    const axe = new AxeBuilder({ page }).setLegacyMode();
    if (exclude !== undefined) axe.exclude(exclude);
    if (colorScheme === 'dark') axe.withRules('color-contrast');
    const { violations } = await axe.analyze();
    for (const { id, nodes } of violations)
      found.push(...nodes.map(({ html }) => `${colorScheme} ${id}: ${html}`));
  }
  return found;
}

/**
 * What makes the page scroll to the side where it is 320 px wide, as it is for who enlarges it four times; tables and
 * code may, within their own frames. Leaves the window as it found it.
 */
export async function sidewaysOf(page: Page): Promise<string[]> {
  const before = page.viewportSize() ?? { width: 1440, height: 900 };
  await page.setViewportSize({ width: 320, height: 640 });
  const found = await page.evaluate(async () => {
    // What listens to the window's size answers in the next frame.
    for (let frame = 0; frame < 2; frame += 1)
      await new Promise((resolve) => requestAnimationFrame(resolve));
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const framed = (element: Element): boolean => {
      const { parentElement } = element;
      if (parentElement === null || parentElement === document.body) return false;
      return getComputedStyle(parentElement).overflowX !== 'visible' || framed(parentElement);
    };
    const wide = [...document.body.querySelectorAll('*')].filter(
      (each) => each.getBoundingClientRect().right > clientWidth + 1 && !framed(each),
    );
    const named = wide.map((each) => each.outerHTML.slice(0, 160));
    return [`${scrollWidth} px wide`, ...named];
  });
  await page.setViewportSize(before);
  return found;
}

/** Holds back every script of the page until what it answers with is called, as a slow network does. */
export async function holdScripts(page: Page): Promise<() => void> {
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
  await page.route('**/_next/static/**', async (route) => {
    if (route.request().resourceType() === 'script') await arrived;
    await route.continue();
  });
  return arrive;
}

/** An address that the environment gives. */
export function addressOf(name: 'SLIPWAY_URL' | 'PHOTOESTATE_URL'): string {
  const url = process.env[name];
  if (url === undefined) throw new Error(`${name} is not set: run this through \`npm test\``);
  return url;
}
