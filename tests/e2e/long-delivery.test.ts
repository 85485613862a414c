import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import {
  addressOf,
  holdScripts,
  journey,
  LONG,
  sidewaysOf,
  useBrowser,
  violationsOf,
} from './browser.ts';
import { mostElements, scrollDown, watchElements } from './count-elements.ts';
import { dropFiles } from './drop-files.ts';
import { createListing, signUp } from './photoestate-account.ts';
import { seedFinished } from './seed-listings.ts';
import { bracket } from './studio.ts';

useBrowser();

const PHOTOS = 300;

/** A listing of so many single photos, all finished. @returns its id */
async function longListing(page: Page, address: string): Promise<string> {
  await signUp(page);
  const id = await createListing(page, address);
  await dropFiles(page, await bracket([0], 61));
  await page.getByRole('button', { name: 'Enhance all' }).click({ timeout: 120_000 });
  await page.getByRole('menuitem', { name: 'Natural' }).click();
  await page.getByText('1 finished').waitFor({ timeout: 240_000 });
  await seedFinished(id, PHOTOS);
  return id;
}

/** @returns the link */
async function deliverAll(page: Page, listingId: string): Promise<string> {
  const url = addressOf('PHOTOESTATE_URL');
  const answer = await page.request.post(`${url}/api/trpc/delivery.create`, {
    headers: { origin: url },
    data: { json: { listingId } },
  });
  expect(answer.status()).toBe(200);
  await page.goto(`${url}/listings/${listingId}/deliver`);
  return page.getByLabel('Link for clients').inputValue();
}

const open = (page: Page, number: number) =>
  page.getByRole('button', { name: `Open Photo ${number}`, exact: true });

const inFocus = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label'));

/** The first photo of which something is in sight, below the top. */
const firstInSight = (page: Page) =>
  page.getByRole('list', { name: 'Photos' }).evaluate((list) => {
    const tiles = [...list.querySelectorAll('li')];
    const seen = tiles.find((each) => each.getBoundingClientRect().bottom > 1);
    return Number(seen?.getAttribute('aria-posinset'));
  });

/** Tab goes on from photo to photo, also where the page was scrolled far away from the one with the focus. */
async function goesThroughByKeys(client: Page): Promise<void> {
  await client.evaluate(() => window.scrollTo({ top: 0 }));
  await open(client, 1).focus();
  for (let step = 0; step < 60; step += 1) await client.keyboard.press('Tab');
  expect(await inFocus(client)).toBe('Open Photo 31');
  await client.evaluate(() => window.scrollTo({ top: document.documentElement.scrollHeight }));
  await open(client, PHOTOS).waitFor();
  expect(await inFocus(client)).toBe('Open Photo 31');
  for (const key of ['Tab', 'Tab', 'Shift+Tab', 'Shift+Tab', 'Shift+Tab', 'Shift+Tab'])
    await client.keyboard.press(key);
  expect(await inFocus(client)).toBe('Open Photo 30');
  await client.keyboard.press('Enter');
  await client.getByRole('dialog').getByText(`30 / ${PHOTOS}`).waitFor();
  await client.keyboard.press('ArrowLeft');
  await client.keyboard.press('ArrowLeft');
  await client.getByRole('dialog').getByText(`28 / ${PHOTOS}`).waitFor();
  await client.keyboard.press('Escape');
  // Where one has looked one goes on.
  await expect.poll(() => inFocus(client)).toBe('Open Photo 28');
}

/** The first photos are in the page itself, and lie where they stay once the script lays them out. */
async function isSeenBeforeTheScript(client: Page, link: string): Promise<void> {
  const letScriptsRun = await holdScripts(client);
  await client.goto(link, { waitUntil: 'commit' });
  const first = open(client, 1).getByRole('img');
  const width = () => first.evaluate((image: HTMLImageElement) => image.naturalWidth);
  await expect.poll(width).toBeGreaterThan(0);
  const placeOf = async (number: number) => {
    const { x, y, width, height } = (await open(client, number).boundingBox()) ?? {};
    return [x, y, width, height].map((pixels = 0) => Math.round(pixels));
  };
  const places = () => Promise.all([1, 2, 6, 12].map(placeOf));
  const before = await places();
  letScriptsRun();
  await client.locator('li[style*="absolute"]').first().waitFor();
  expect(await places()).toEqual(before);
}

journey(
  'a gallery of 300 photos: fewer than 400 elements in all the page, on a phone and a desk; keys go through all of it',
  async ({ page, context, problems }) => {
    const link = await deliverAll(page, await longListing(page, '300 Long Road'));
    const size = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
    const phone = await context.browser()?.newContext({ ...size, reducedMotion: 'reduce' });
    // The studio is dark unless a person says otherwise.
    await phone?.addInitScript(() => localStorage.setItem('theme', 'system'));
    const client = await phone?.newPage();
    if (!phone || !client) throw new Error('there is no browser');
    client.setDefaultTimeout(30_000);
    await watchElements(client);
    await client.goto(link);
    await open(client, 1).waitFor();
    await scrollDown(client);
    await open(client, PHOTOS).waitFor();
    expect(await mostElements(client)).toBeLessThan(400);
    await isSeenBeforeTheScript(client, link);

    // The phone is turned: the photo that was seen is seen.
    await client.evaluate(() => window.scrollTo({ top: 8_000 }));
    await expect.poll(() => firstInSight(client)).toBeGreaterThan(50);
    const seen = await firstInSight(client);
    await client.setViewportSize({ width: 844, height: 390 });
    await open(client, seen).waitFor();
    await expect.poll(async () => Math.abs((await firstInSight(client)) - seen)).toBeLessThan(4);

    await client.setViewportSize({ width: 1440, height: 900 });
    await goesThroughByKeys(client);
    await client.getByRole('button', { name: 'Favourite: Photo 30', exact: true }).click();
    await client.evaluate(() => window.scrollTo({ top: 0 }));
    await client.getByRole('button', { name: /^Favourites/ }).click();
    await expect.poll(() => client.getByRole('listitem').count()).toBe(1);
    await client.getByRole('button', { name: /^Favourites/ }).click();
    await scrollDown(client);
    await open(client, PHOTOS).waitFor();
    expect(await mostElements(client)).toBeLessThan(400);
    expect(await violationsOf(client)).toEqual([]);
    await phone.close();
    expect(problems).toEqual([]);
  },
  LONG,
);

const choice = (page: Page, number: number) =>
  page.getByRole('button', { name: `Deliver Scene ${number}`, exact: true });

/** Of all 300, from 1. */
const numberOf = (page: Page, number: number) =>
  page
    .locator('li', { has: choice(page, number) })
    .getAttribute('aria-posinset')
    .then(Number);

/** By mouse to the lower edge, where it is held until that one comes into sight, and let go over it. */
async function dragTo(page: Page, from: number, to: number): Promise<void> {
  const begin = await choice(page, from).boundingBox();
  if (begin === null) throw new Error(`expected photo ${from} in sight`);
  await page.mouse.move(begin.x + 40, begin.y + 40);
  await page.mouse.down();
  const x = begin.x + begin.width / 2;
  const held = choice(page, to);
  const height = async () => ((await held.count()) > 0 ? (await held.boundingBox())?.y : undefined);
  // In bursts, at rest when it is looked at: the page goes on by the clock.
  for (let step = 0; ((await height()) ?? 900) > 700; step += 1) {
    if (step > 200) throw new Error(`photo ${to} never came into sight`);
    for (const y of [870, 871, 870, 871, 450]) await page.mouse.move(x, y);
  }
  const end = await held.boundingBox();
  if (end === null) throw new Error(`expected photo ${to} in sight`);
  await page.mouse.move(end.x + end.width / 2, end.y + 20, { steps: 4 });
  await page.mouse.up();
}

journey(
  'an order of 300 photos: fewer than 400 elements in all the page; keys and mouse move photos to where nobody sees yet',
  async ({ page, context, problems }) => {
    await context.addInitScript(() => localStorage.setItem('theme', 'system'));
    const id = await longListing(page, '300 Order Road');
    await watchElements(page);
    await page.goto(`${addressOf('PHOTOESTATE_URL')}/listings/${id}/deliver`);
    await choice(page, 1).waitFor();
    await scrollDown(page);
    await choice(page, PHOTOS).waitFor();
    expect(await mostElements(page)).toBeLessThan(400);

    // Where the keyboard is stays there, however far the page is scrolled; what it moves comes into sight.
    await choice(page, PHOTOS).focus();
    await page.evaluate(() => window.scrollTo({ top: 0 }));
    await choice(page, 1).waitFor();
    for (let step = 0; step < 10; step += 1) await page.keyboard.press('Alt+ArrowLeft');
    await expect.poll(() => numberOf(page, PHOTOS)).toBe(PHOTOS - 10);
    expect(await inFocus(page)).toBe(`Deliver Scene ${PHOTOS}`);
    const top = async () => (await choice(page, PHOTOS).boundingBox())?.y;
    await expect.poll(top).toBeLessThan(900);
    expect(await top()).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Space');
    await page.getByText(`${PHOTOS - 1} of ${PHOTOS}`).waitFor();

    await page.evaluate(() => window.scrollTo({ top: 0 }));
    await choice(page, 1).waitFor();
    await dragTo(page, 1, 61);
    await expect.poll(() => numberOf(page, 1)).toBe(61);
    expect(await numberOf(page, 61)).toBe(60);
    expect(await violationsOf(page)).toEqual([]);

    await page.setViewportSize({ width: 360, height: 800 });
    await page.evaluate(() => window.scrollTo({ top: 0 }));
    await choice(page, 2).waitFor();
    await scrollDown(page);
    expect(await mostElements(page)).toBeLessThan(400);
    expect(await sidewaysOf(page)).toEqual([]);
    expect(problems).toEqual([]);
  },
  LONG,
);

journey(
  'the menu of 300 scenes: fewer than 400 elements in all the page; arrows, the ends and typing reach every scene',
  async ({ page, problems }) => {
    await longListing(page, '300 Menu Road');
    await page.reload();
    const scene = (number: number) =>
      page.getByRole('heading', { name: `Scene ${number}`, exact: true });
    await scene(1).waitFor();
    await expect.poll(() => page.getByText(`${PHOTOS} scenes`).count()).toBe(1);
    const chosen = page.locator('[role=menuitem]:focus');
    const opened = async () => {
      await page.keyboard.press('f');
      await page.keyboard.press('m');
      return chosen.waitFor({ timeout: 2_000 }).then(
        () => true,
        () => false,
      );
    };
    await expect.poll(opened, { timeout: 60_000 }).toBe(true);
    const leads = async (key: string, to: string) => {
      await page.keyboard.press(key);
      await chosen.filter({ hasText: to }).waitFor();
    };
    await chosen.filter({ hasText: 'Scene 2' }).waitFor();
    for (let number = 3; number < 25; number += 1) await leads('ArrowDown', `Scene ${number}`);
    const elements = () => page.evaluate(() => document.body.querySelectorAll('*').length);
    expect(await elements()).toBeLessThan(400);
    expect(await chosen.getAttribute('aria-setsize')).toBe(String(PHOTOS - 1));
    await leads('End', 'Delete photo');
    await leads('ArrowUp', 'Download original');
    await leads('ArrowUp', 'Scene 300');
    await leads('ArrowUp', 'Scene 299');
    await leads('Home', 'Scene 2');
    await page.keyboard.type('scene 150');
    await chosen.filter({ hasText: 'Scene 150' }).waitFor();
    await leads('ArrowDown', 'Scene 151');
    expect(await elements()).toBeLessThan(400);
    await page.keyboard.press('Enter');
    await page.getByText(`${PHOTOS - 1} scenes`).waitFor();
    expect(problems).toEqual([]);
  },
  LONG,
);
