import { randomUUID } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import { makeBracket, unzip } from '@repo/engine/test-pictures';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { addressOf, holdScripts, journey, LONG, useBrowser } from './browser.ts';
import { dropFiles } from './drop-files.ts';

useBrowser();

const url = () => addressOf('PHOTOESTATE_URL');
const PHONE = { width: 390, height: 844 };

async function finishedListing(page: Page): Promise<void> {
  await page.goto(`${url()}/sign-up`);
  await page.getByLabel('Name').fill('Robin');
  await page.getByLabel('E-mail').fill(`${randomUUID()}@example.com`);
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL('**/listings');
  await page.getByRole('button', { name: 'New listing' }).click();
  await page.getByLabel('Address', { exact: true }).fill('123 Main St.');
  await page.getByRole('button', { name: 'Create listing' }).click();
  await page.waitForURL('**/listings/lst_*');
  for (const seed of [21, 22]) {
    const startAt = new Date(Date.UTC(2026, 4, 1, 10, seed));
    const frames = await makeBracket({ width: 960, height: 640, evs: [0], seed, startAt });
    await dropFiles(
      page,
      frames.map(({ bytes }) => ({ name: `${seed}.jpg`, type: 'image/jpeg', bytes })),
    );
  }
  await page.getByText('2 scenes').waitFor({ timeout: 120_000 });
  await page.getByRole('button', { name: 'Enhance all' }).click();
  await page.getByRole('menuitem', { name: 'Natural' }).click();
  await page.getByText('2 finished').waitFor({ timeout: 240_000 });
}

/** Among the comments, not in the field where it was written. */
async function said(page: Page, words: string): Promise<void> {
  await page.getByRole('article').getByText(words, { exact: true }).waitFor();
}

/** What is typed about one photo stays with it, and is sent about no other. */
async function commentsStayWithTheirPhoto(client: Page): Promise<void> {
  const field = client.getByLabel('Comment on this photo');
  await field.fill('Only about this one');
  const talk = client.getByRole('button', { name: /^Comments and answer/ });
  await talk.press('ArrowLeft');
  await client.getByRole('complementary', { name: 'About Photo 1' }).waitFor();
  expect(await field.inputValue()).toBe('');
  await field.fill('About the first');
  await talk.press('ArrowRight');
  await client.getByRole('complementary', { name: 'About Kitchen' }).waitFor();
  expect(await field.inputValue()).toBe('Only about this one');
  // The pane closes, and so does the photo: nobody has sent it, and nobody has thrown it away.
  await client.keyboard.press('Escape');
  await client.getByRole('button', { name: 'Open Photo 1' }).click();
  await talk.click();
  await expect.poll(() => field.inputValue()).toBe('About the first');
  await field.fill('');
  await client.keyboard.press('Escape');
  await client.getByRole('button', { name: 'Open Kitchen' }).click();
}

/** What is typed into the terms of a link is there again after a look elsewhere, until it is saved or discarded. */
async function termsOutliveTheirPage(page: Page): Promise<void> {
  const message = page.getByRole('textbox', { name: 'Message' });
  await message.fill('With many thanks');
  await page.getByRole('link', { name: 'Listings' }).first().click();
  await page.waitForURL('**/listings');
  await page.goBack();
  await expect.poll(() => message.inputValue()).toBe('With many thanks');
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect.poll(() => message.inputValue()).toBe('');
}

/** As in the studio: by the divider, by keys, side by side; and back to the photo alone. */
async function compareWithOriginal(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: /^Compare with the original/ });
  await button.click();
  const divider = page.getByRole('slider', { name: 'Original and Finished' });
  await divider.press('ArrowRight');
  expect(await divider.getAttribute('aria-valuenow')).toBe('51');
  await expectAccessible(page);
  await page.keyboard.press('y');
  await page.getByRole('button', { name: 'Side by side', pressed: true }).waitFor();
  await page.keyboard.press('z');
  await page.getByRole('button', { name: 'Fit the window', pressed: false }).waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => button.getAttribute('aria-pressed')).toBe('false');
}

const FIELDS = ['Mail to', 'Message', 'PIN', 'Good until', 'Watermark until paid', 'Full size'];

/** A field that gets the focus is not left below the buttons that stay in sight. */
async function fieldsAreSeen(page: Page): Promise<void> {
  for (const size of [PHONE, { width: 1440, height: 900 }]) {
    await page.setViewportSize(size);
    for (const name of FIELDS) {
      const field = page.locator('form').getByLabel(name);
      await field.evaluate((element) => {
        window.scrollBy(0, element.getBoundingClientRect().bottom + 8 - window.innerHeight);
        element.focus();
      });
      expect(await field.evaluate(isUncovered), `${name} of ${size.width} px`).toBe(true);
    }
  }
}

const isUncovered = (field: HTMLElement | SVGElement) => {
  const { left, bottom, width } = field.getBoundingClientRect();
  return field.contains(document.elementFromPoint(left + width / 2, bottom - 2));
};

const isSelected = (field: HTMLElement | SVGElement) =>
  field instanceof HTMLInputElement &&
  field.selectionStart === 0 &&
  field.selectionEnd === field.value.length;

/** What was done, and nothing of signatures: here nobody signs. */
async function seesHowItWasMade(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: /^How it was made/ });
  await button.click();
  const beside = page.getByRole('complementary', { name: 'About Kitchen' });
  await beside.getByText('Photographic work only').waitFor();
  await beside.getByText('Sharpened for delivery').waitFor();
  await expectAccessible(page);
  expect(await page.getByText('Content Credentials').count()).toBe(0);
  await page.keyboard.press('i');
  await expect.poll(() => button.getAttribute('aria-pressed')).toBe('false');
}

/** Of the photo that is open with its pane. */
async function asksForAChange(client: Page): Promise<void> {
  const beside = client.getByRole('complementary', { name: 'About Kitchen' });
  await beside.getByRole('button', { name: 'Ask for changes' }).click();
  await beside.getByLabel('What should be different?').fill('A little warmer');
  await beside.getByRole('button', { name: 'Ask for changes' }).click();
  await beside.getByText('Changes asked for', { exact: true }).waitFor();
}

/** All cannot be approved past what is asked for: what becomes of that is a choice. */
async function approvesAll(client: Page, choice: string): Promise<void> {
  await answerOf(client).getByRole('button', { name: 'Approve all photos' }).click();
  const dialog = client.getByRole('dialog', { name: '1 photo has an open request' });
  await dialog.getByText('A little warmer').waitFor();
  await expectAccessible(client);
  await client.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await client.locator('button:focus', { hasText: 'Approve all photos' }).press('Enter');
  await dialog.getByRole('button', { name: choice }).click();
  await dialog.waitFor({ state: 'detached' });
}

const answerOf = (client: Page) =>
  client.getByRole('region', { name: 'Are you happy with the photos?' });

/** What a client asks for is seen with its picture in the delivery, on the listing, and beside the scene. */
async function findsTheRequest(page: Page): Promise<void> {
  const name = 'Kitchen (photo 2 of the delivery)';
  const spot = 'with a pin 48 % from the left, 50 % from the top';
  const picture = page.getByRole('img', { name: `${name}, ${spot}` });
  const [there, pin] = [await boxOf(picture), await boxOf(page.locator('[data-pin=said]'))];
  expect(Math.abs(pin.x + pin.width / 2 - there.x - 0.48 * there.width)).toBeLessThan(1);
  expect(Math.abs(pin.y + pin.height / 2 - there.y - 0.5 * there.height)).toBeLessThan(1);
  await page.getByText(`${name} · Scene 1`).first().waitFor();

  await page.goto(page.url().replace(/\/deliver.*$/, ''));
  await page.getByText('Clients wait for an answer on 1 scene.').waitFor();
  const scenes = page.getByRole('list', { name: 'Scenes' });
  await scenes.getByText('1 request · 1 comment').waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Show only these' }).click();
  await expect.poll(() => scenes.locator('> li').count()).toBe(1);
  await scenes.getByRole('link', { name: /Scene 1.* 1 request · 1 comment of clients/ }).click();

  await page.getByText('A little warmer').waitFor();
  await expectAccessible(page);
  const words = page.getByText('<b>Brighter</b> here, please', { exact: true });
  await page.getByRole('button', { name: 'Resolve' }).click();
  await words.waitFor({ state: 'detached' });
  await page.locator('a:focus', { hasText: 'Open in Deliver' }).waitFor();
  await page.getByRole('link', { name: 'Open in Deliver' }).click();
  const meant = page.getByRole('listitem').filter({ hasText: 'A little warmer' });
  await expect.poll(() => meant.evaluate((item) => item === document.activeElement)).toBe(true);
  await said(page, '<b>Brighter</b> here, please');
  await page.getByText('Resolved', { exact: true }).waitFor();
}

async function boxOf(found: Locator) {
  const box = await found.boundingBox();
  if (box === null) throw new Error('it is not shown');
  return box;
}

/** The studio saves what one client likes, and goes on with it in the listing. */
async function takesFavouritesOf(page: Page, name: string, file: string): Promise<void> {
  await page.getByText(`of ${name}`, { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Download' }).click();
  await page.getByText('1 favourite, one archive').waitFor();
  await saves(page, '123-main-st-favourites-ann-original.zip', [file]);
  await page.getByRole('link', { name: 'Select in the listing' }).click();
  await page.getByText(`Favourites of ${name}: 1 of 2 scenes`).waitFor();
  await page.getByText('1 scene selected').waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Show all scenes' }).click();
  await expect.poll(() => page.getByRole('checkbox').count()).toBeGreaterThan(1);
  await page.getByRole('link', { name: 'Deliver' }).first().click();
  await page.getByRole('button', { name: 'New link with these' }).click();
  await page.getByRole('button', { name: 'Deliver 1 photo' }).waitFor();
  await page.getByLabel('Which link').selectOption({ index: 0 });
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

/** Chooses originals in the open menu: an archive comes that has these files, whole. */
async function saves(client: Page, archive: string, names: string[]): Promise<void> {
  const waiting = client.waitForEvent('download');
  await client.getByRole('menuitem', { name: 'Full size' }).click();
  const download = await waiting;
  expect(download.suggestedFilename()).toBe(archive);
  const saved = await unzip(await download.path());
  expect(saved.map(({ name }) => name)).toEqual(names);
  for (const entry of saved) await entry.bytes();
}

journey(
  'photos are delivered by a link; on a phone a client likes, comments, approves and saves them',
  async ({ page, context, problems }) => {
    await finishedListing(page);
    await page.getByRole('button', { name: 'Close uploads' }).click();
    await page.getByRole('link', { name: 'Deliver' }).click();
    await page.getByLabel('What Scene 1 shows').fill('Kitchen');
    await page.getByRole('button', { name: 'Deliver Kitchen' }).press('Alt+ArrowRight');
    await page.getByLabel('PIN').fill('4711');
    await fieldsAreSeen(page);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Deliver 2 photos' }).click();
    const link = page.getByLabel('Link for clients');
    await link.waitFor();
    const address = await link.inputValue();
    await termsOutliveTheirPage(page);

    const phone = await context.browser()?.newContext({
      ...{ viewport: PHONE, hasTouch: true, isMobile: true },
      ...{ acceptDownloads: true, reducedMotion: 'reduce' },
    });
    const client = await phone?.newPage();
    if (!phone || !client) throw new Error('there is no browser');
    client.setDefaultTimeout(30_000);
    const letScriptsRun = await holdScripts(client);
    const opened = await client.goto(address, { waitUntil: 'commit' });
    expect(opened?.headers()['x-robots-tag']).toContain('noindex');
    const pin = client.getByLabel('PIN');
    await pin.fill('0000');
    letScriptsRun();
    await client.getByRole('button', { name: 'See the photos', disabled: false }).waitFor();
    expect(await client.content()).not.toContain('123 Main');
    await expectAccessible(client);
    await pin.press('Enter');
    await client.getByRole('alert').getByText('That is not the PIN of these photos.').waitFor();
    // What is typed next is typed over it.
    expect(await pin.evaluate(isSelected)).toBe(true);
    await pin.fill('4711');
    await client.getByRole('button', { name: 'See the photos' }).click();
    await client.getByRole('heading', { level: 1, name: '123 Main St.' }).waitFor();
    await expectAccessible(client);
    await client.getByRole('button', { name: 'Favourite: Kitchen' }).click();
    await client.getByRole('button', { name: 'Open Kitchen' }).click();
    await seesHowItWasMade(client);
    await compareWithOriginal(client);
    await client.getByRole('button', { name: /^Comments and answer/ }).click();
    await commentsStayWithTheirPhoto(client);
    await client.getByRole('button', { name: /^Comments and answer/ }).click();
    await client.getByLabel('Comment on this photo').fill('<b>Brighter</b> here, please');
    await client.getByLabel('Your name').fill('Ann');
    await client.getByRole('button', { name: 'Pin to a spot' }).click();
    await client.getByRole('button', { name: /^Pin at 50 %/ }).press('ArrowLeft');
    await client.getByRole('button', { name: 'Send comment' }).click();
    await said(client, '<b>Brighter</b> here, please');
    await expectAccessible(client);
    await asksForAChange(client);
    await client.keyboard.press('Escape');
    await approvesAll(client, 'Approve the other photo');
    await answerOf(client)
      .getByText('1 of 2 photos is approved one by one. Changes are asked for of 1 photo.')
      .waitFor();

    await client.getByRole('button', { name: 'Download' }).click();
    await client.getByText('All photos, one archive').waitFor({ timeout: 120_000 });
    const kitchen = '123-main-st-02-kitchen.jpg';
    await saves(client, '123-main-st-original.zip', ['123-main-st-01.jpg', kitchen]);
    await client.getByRole('button', { name: /^Favourites/ }).click();
    await client.getByRole('button', { name: 'Download favourites' }).click();
    await client.getByText('1 favourite, one archive').waitFor();
    await saves(client, '123-main-st-favourites-original.zip', [kitchen]);

    await said(page, '<b>Brighter</b> here, please');
    await findsTheRequest(page);
    await approvesAll(client, 'Approve all 2');
    await answerOf(client).getByText('Approved', { exact: true }).waitFor();
    await page.getByText('All photos', { exact: true }).waitFor();
    await takesFavouritesOf(page, 'Ann', kitchen);
    await page.getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('button', { name: 'Revoke link' }).click();
    await page.getByText('Revoked', { exact: true }).waitFor();
    await client.reload();
    await client.getByRole('heading', { name: 'There is nothing to see here' }).waitFor();
    await phone.close();
    expect(problems).toEqual([]);
  },
  LONG,
);
