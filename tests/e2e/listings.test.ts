import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { journey, LONG, useBrowser, violationsOf } from './browser.ts';
import { mostElements, scrollDown, watchElements } from './count-elements.ts';
import { dragFrame } from './drag-frame.ts';
import { createListing, signUp } from './photoestate-account.ts';
import { seedListings, seedPhotos } from './seed-listings.ts';

useBrowser();

/** Without motion: on a busy machine colours are judged while they change from one look to the other. */
async function expectAccessible(page: Page): Promise<void> {
  expect(await violationsOf(page)).toEqual([]);
}

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '');

/** What is archived while nobody answers is archived by the next page. */
async function archivesWithoutAnAnswer(page: Page): Promise<void> {
  const call = '**/api/trpc/listing.archive*';
  let calls = 0;
  // The first is never answered, nor does the server hear of it.
  await page.route(call, async (route) => {
    calls += 1;
    if (calls > 1) await route.continue();
  });
  await page.keyboard.press('j');
  await expect.poll(() => focused(page)).toMatch(/Oak Lane$/);
  await page.keyboard.press('e');
  await page.getByText(/Oak Lane archived$/).waitFor();
  const listings = page.url();
  await page.goto(`${listings}?status=archived`);
  await page.getByRole('link', { name: /Oak Lane/ }).waitFor();
  expect(calls).toBe(2);
  await page.unroute(call);
  await page.goto(listings);
  await page.getByRole('link', { name: '001 Oak Lane' }).waitFor();
}

journey(
  'listings by keyboard: found, selected, archived, brought back; a view that is kept; few elements',
  async ({ page, context, problems }) => {
    // The studio is dark unless a person says otherwise.
    await context.addInitScript(() => localStorage.setItem('theme', 'system'));
    await signUp(page);
    const id = await createListing(page, 'A house of its own');
    await page.keyboard.press('i');
    const details = page.getByRole('dialog', { name: 'Details' });
    await details.getByLabel('MLS id').fill('ML-4711');
    await details.getByLabel('Tags').fill('Luxury, sea view');
    await details.getByRole('button', { name: 'Save' }).click();
    await page.getByText('MLS ML-4711 · #luxury #sea view').waitFor();
    await page.keyboard.press('i');
    await details.getByRole('tab', { name: 'Activity' }).click();
    await details.getByText('changed the MLS id, the tags').waitFor();
    // What fades away has no contrast for a moment.
    await page.getByText('Listing saved').waitFor({ state: 'hidden' });
    await expectAccessible(page);
    await page.keyboard.press('Escape');

    await seedListings(id, 300);
    await page.getByRole('link', { name: 'Listings' }).first().click();
    await page.getByRole('link', { name: '001 Oak Lane' }).waitFor();
    await expectAccessible(page);
    expect(await scrollDown(page)).toBeLessThan(400);
    await page.getByRole('link', { name: '300 Oak Lane' }).waitFor();

    // Where the keyboard is stays there, however far the page is scrolled.
    await page.evaluate(() => window.scrollTo({ top: 0 }));
    for (const key of ['j', 'j', 'x', 'j', 'x']) await page.keyboard.press(key);
    await expect.poll(() => focused(page)).toBe('002 Oak Lane');
    await page.getByText('2 selected').waitFor();
    await page.keyboard.press('e');
    await page.getByText('2 listings archived').waitFor();
    expect(await page.getByRole('link', { name: '001 Oak Lane' }).count()).toBe(0);
    await page.keyboard.press('Control+z');
    await page.getByText('2 listings restored').waitFor();
    await page.getByRole('link', { name: '001 Oak Lane' }).waitFor();
    await archivesWithoutAnAnswer(page);

    await page.keyboard.press('/');
    await page.keyboard.type('ml-4711 sea');
    await page.getByRole('link', { name: 'A house of its own' }).waitFor();
    await expect.poll(() => page.getByRole('link', { name: /Oak Lane/ }).count()).toBe(0);
    // Escape would empty the field.
    await page.keyboard.press('Enter');
    await page.keyboard.press('v');
    await page.getByRole('row', { name: /A house of its own/ }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: 'Save this view' }).click();
    await page.getByLabel('Name').fill('By the sea');
    await page.getByRole('button', { name: 'Save view' }).click();
    await page.getByRole('button', { name: 'By the sea' }).click();
    await page.getByRole('menuitem', { name: 'All listings' }).click();
    await page.getByRole('link', { name: '001 Oak Lane' }).waitFor();
    await page.goBack();
    await page.getByRole('row', { name: /A house of its own/ }).waitFor();
    await expect.poll(() => page.getByRole('link', { name: /Oak Lane/ }).count()).toBe(0);
    expect(new URL(page.url()).searchParams.get('q')).toBe('ml-4711 sea');
    expect(problems).toEqual([]);
  },
  LONG,
);

journey(
  'a listing of 1,000 photos: fewer than 400 elements in all the page, and keys, drag and undo go as far as ever',
  async ({ page }) => {
    await signUp(page);
    const id = await createListing(page, '1000 Ocean Drive');
    await seedPhotos(id, 1_000);
    await watchElements(page);
    await page.reload();
    const scenes = page.getByRole('list', { name: 'Scenes' });
    const card = (number: number) =>
      scenes.locator('> li', {
        has: page.getByRole('heading', { name: `Scene ${number}`, exact: true }),
      });
    await card(1).waitFor();
    // The server draws the first of them; how many follow is known once the page hears.
    const height = () => page.evaluate(() => document.documentElement.scrollHeight);
    await expect.poll(height, { timeout: 60_000 }).toBeGreaterThan(20_000);
    await scrollDown(page);
    await card(200).getByText('5 exposures').waitFor();
    expect(await mostElements(page)).toBeLessThan(400);

    // In a phone's window, too.
    await page.setViewportSize({ width: 390, height: 844 });
    await page.evaluate(() => window.scrollTo({ top: 0 }));
    await card(1).getByText('5 exposures').waitFor();
    await page.mouse.wheel(0, 4_000);
    await card(9).getByText('5 exposures').waitFor();
    expect(await mostElements(page)).toBeLessThan(400);
    await page.setViewportSize({ width: 1440, height: 900 });

    // From the end to the first frame by a key, and on through scenes that are not drawn yet.
    await page.keyboard.press('f');
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBeLessThan(400);
    const inFocus = (scene: number) =>
      page.locator(`[aria-label="Exposures of Scene ${scene}"] [data-photo]:focus`).waitFor();
    await inFocus(1);
    for (let step = 0; step < 12; step += 1) {
      await page.keyboard.press('ArrowDown');
      await inFocus(step + 2);
    }
    // What has the focus is still there when the page is scrolled far away from it.
    await page.evaluate(() => window.scrollTo({ top: document.documentElement.scrollHeight }));
    await card(200).waitFor();
    await page.keyboard.press('n');
    await page.getByText('201 scenes').waitFor();
    await page.keyboard.press('Control+z');
    await page.getByText('200 scenes').waitFor();

    await page.evaluate(() => window.scrollTo({ top: document.documentElement.scrollHeight }));
    await card(200).getByText('5 exposures').waitFor();
    await card(200).scrollIntoViewIfNeeded();
    const frame = card(200).locator('[data-photo]').first();
    await dragFrame(page, frame, card(199));
    await card(199).getByText('6 exposures').waitFor();
    await page.getByRole('button', { name: 'Undo' }).press('Enter');
    await card(199).getByText('5 exposures').waitFor();
  },
  LONG,
);
