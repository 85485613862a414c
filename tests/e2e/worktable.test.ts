import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { journey, LONG, useBrowser, violationsOf } from './browser.ts';
import { dropFiles } from './drop-files.ts';
import { createListing, signUp } from './photoestate-account.ts';
import { seedPhotos } from './seed-listings.ts';
import { bracket, scenes } from './studio.ts';

useBrowser();

const cardOf = (page: Page, number: number) =>
  page.getByRole('list', { name: 'Scenes' }).locator('> li', {
    has: page.getByRole('heading', { name: `Scene ${number}`, exact: true }),
  });

/** The place in its strip of the frame that has the focus. */
const inFocus = (page: Page, scene: number, place: number) =>
  page
    .locator(`[aria-label="Exposures of Scene ${scene}"] [data-photo]:nth-child(${place}):focus`)
    .waitFor();

const topOf = async (page: Page, scene: number) =>
  Math.round((await cardOf(page, scene).boundingBox())?.y ?? Number.NaN);

/** As near as a line is laid out. */
const expectAt = (page: Page, scene: number, top: number) =>
  expect.poll(async () => Math.abs((await topOf(page, scene)) - top)).toBeLessThan(2);

const selected = (page: Page, count: string) =>
  page.getByRole('region', { name: 'Selection' }).getByText(`${count} selected`).waitFor();

/** A listing of many scenes, the keyboard at a frame far down, two scenes selected. @returns where its card is */
async function goFarDown(page: Page): Promise<number> {
  await cardOf(page, 1).waitFor();
  await page.keyboard.press('f');
  await inFocus(page, 1, 1);
  for (let scene = 2; scene <= 14; scene += 1) {
    await page.keyboard.press('ArrowDown');
    await inFocus(page, scene, 1);
  }
  await page.keyboard.press('x');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('x');
  await page.keyboard.press('ArrowRight');
  await inFocus(page, 15, 2);
  await selected(page, '2 scenes');
  // Not where a key would have put it.
  const before = await topOf(page, 15);
  await page.mouse.wheel(0, -90);
  let top = before;
  const isAtRest = async () => {
    const last = top;
    top = await topOf(page, 15);
    return top !== before && top === last;
  };
  await expect.poll(isAtRest).toBe(true);
  return top;
}

journey(
  'who comes back from a scene finds the table as it was left: selection, place and focus',
  async ({ page, problems }) => {
    await signUp(page);
    const id = await createListing(page, '15 Return Road');
    await seedPhotos(id, 200);
    await page.reload();
    const top = await goFarDown(page);

    await page.keyboard.press('Enter');
    await page.waitForURL('**/scenes/*');
    await page.getByRole('heading', { name: 'Scene 15: compare' }).waitFor();
    await page.goBack();
    await selected(page, '2 scenes');
    await inFocus(page, 15, 2);
    await expectAt(page, 15, top);

    // By its key, and after a reload among the scenes.
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Scene 15: compare' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Scene 15: compare' }).waitFor();
    await page.locator('[data-scene]').first().waitFor();
    await page.keyboard.press('Escape');
    await selected(page, '2 scenes');
    await inFocus(page, 15, 2);
    await expectAt(page, 15, top);

    // Who went on to another scene comes back to that one.
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Scene 15: compare' }).waitFor();
    for (let scene = 16; scene <= 30; scene += 1) {
      await page.keyboard.press(']');
      await page.getByRole('heading', { name: `Scene ${scene}: compare` }).waitFor();
    }
    await page.keyboard.press('Escape');
    await page.locator('[aria-label="Open Scene 30"]:focus').waitFor();
    await selected(page, '2 scenes');

    // Scenes that went meanwhile are selected no more.
    await page.keyboard.press('Escape');
    await cardOf(page, 30).getByRole('checkbox').click();
    await cardOf(page, 30).getByRole('link', { name: 'Open Scene 30' }).click();
    await page.getByRole('heading', { name: 'Scene 30: compare' }).waitFor();
    const gone = page.url().split('/').at(-1) ?? '';
    await deleteElsewhere(page, id, gone);
    await page.goBack();
    await page.getByText('39 scenes').waitFor();
    await expect.poll(() => page.getByRole('region', { name: 'Selection' }).count()).toBe(0);

    // Another way in begins at the top, with nothing selected.
    await cardOf(page, 29).getByRole('checkbox').click();
    await selected(page, '1 scene');
    await page.getByRole('link', { name: 'Listings' }).first().click();
    await page.getByRole('link', { name: '15 Return Road' }).click();
    await cardOf(page, 1).waitFor();
    expect(await page.evaluate(() => window.scrollY)).toBe(0);
    expect(await page.getByRole('region', { name: 'Selection' }).count()).toBe(0);
    // What was seeded has rows and no bytes.
    expect(problems.filter((text) => !text.includes('404'))).toEqual([]);
  },
  LONG,
);

journey(
  'space shows a frame or a scene in large; arrows go on, and the focus comes back to what was seen',
  async ({ page, context, problems }) => {
    // The studio is dark unless a person says otherwise.
    await context.addInitScript(() => localStorage.setItem('theme', 'system'));
    await signUp(page);
    await createListing(page, '2 Peek Place');
    await dropFiles(page, [...(await bracket([-2, 0, 2], 51)), ...(await bracket([0], 54))]);
    await expect
      .poll(() => scenes(page), { timeout: 60_000 })
      .toEqual(['1 exposure', '3 exposures']);
    await page.getByRole('button', { name: 'Close uploads' }).click();
    await page.keyboard.press('f');
    await inFocus(page, 1, 1);
    await page.keyboard.press(' ');
    const peek = page.getByRole('dialog', { name: 'Scene 1' });
    await peek.getByText('1 of 3').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    // The picture is there, in large, and all of it in the window.
    const picture = peek.getByRole('img');
    await expect
      .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(480);
    const box = await picture.boundingBox();
    expect(box?.width).toBeGreaterThan(800);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(900);
    await page.keyboard.press('ArrowRight');
    await peek.getByText('2 of 3').waitFor();
    await page.keyboard.press(' ');
    await peek.waitFor({ state: 'hidden' });
    await inFocus(page, 1, 2);
    await page.keyboard.press(' ');
    await peek.getByText('2 of 3').waitFor();
    await page.keyboard.press('Escape');
    await peek.waitFor({ state: 'hidden' });
    await inFocus(page, 1, 2);

    await cardOf(page, 1).getByRole('link', { name: 'Open Scene 1' }).focus();
    await page.keyboard.press(' ');
    await peek.getByText('1 of 2').waitFor();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('dialog', { name: 'Scene 2' }).getByText('2 of 2').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('[aria-label="Open Scene 2"]:focus').waitFor();
    // Where a space means something already, it does that.
    await cardOf(page, 2).getByRole('checkbox').focus();
    await page.keyboard.press(' ');
    await selected(page, '1 scene');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await sheet.getByRole('heading', { name: 'Large preview' }).waitFor();
    expect(await sheet.getByText('Open it, or close it').count()).toBe(1);
    expect(problems).toEqual([]);
  },
  LONG,
);

journey(
  'a change that the server refused is found again after the message went, tried again or dismissed',
  async ({ page, context }) => {
    // The studio is dark unless a person says otherwise.
    await context.addInitScript(() => localStorage.setItem('theme', 'system'));
    await signUp(page);
    const id = await createListing(page, '9 Refusal Rise');
    await dropFiles(page, [...(await bracket([-2, 0, 2], 57)), ...(await bracket([0], 60))]);
    await expect
      .poll(() => scenes(page), { timeout: 60_000 })
      .toEqual(['1 exposure', '3 exposures']);
    await page.getByRole('button', { name: 'Close uploads' }).click();
    const gone = (await cardOf(page, 1).getAttribute('data-drop')) ?? '';

    // The server breaks down over one of them, as often as it is asked.
    const broken = '**/api/trpc/scene.rate*';
    await page.route(broken, (route) => route.fulfill({ status: 500, json: { error: 'oops' } }));
    await page.keyboard.press('f');
    await page.keyboard.press('ArrowDown');
    await inFocus(page, 2, 1);
    await page.keyboard.press('4');
    await page.getByRole('button', { name: '1 change not saved' }).waitFor();
    await page.unroute(broken);
    // The other one is about a scene that somebody deletes before the server hears of it.
    await context.setOffline(true);
    await page.getByText(/^You are offline/).waitFor();
    await page.keyboard.press('f');
    await inFocus(page, 1, 1);
    await page.keyboard.press('3');
    await deleteElsewhere(page, id, gone);
    await context.setOffline(false);
    const refused = page.getByRole('button', { name: '2 changes not saved' });
    await refused.waitFor();

    await page.reload();
    await page.getByText('1 scene', { exact: false }).first().waitFor();
    await refused.click();
    const dialog = page.getByRole('dialog', { name: 'Changes that were not saved' });
    const [late, early] = [
      dialog.getByRole('listitem').nth(0),
      dialog.getByRole('listitem').nth(1),
    ];
    await late.getByText(/^Somebody changed this meanwhile/).waitFor();
    expect(await late.getByRole('button', { name: /^Try again/ }).count()).toBe(0);
    expect(await violationsOf(page)).toEqual([]);
    const kept = page.waitForResponse((response) => response.url().includes('scene.rate'));
    await early.getByRole('button', { name: /^Try again/ }).click();
    expect((await kept).status()).toBe(200);
    await dialog.getByRole('listitem').nth(1).waitFor({ state: 'detached' });
    await late.getByRole('button', { name: /^Dismiss/ }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.locator('main:focus').waitFor();
    expect(await page.getByRole('button', { name: /not saved$/ }).count()).toBe(0);

    // The next refusal says so where it did before, and nothing opens over the work.
    await page.route(broken, (route) => route.fulfill({ status: 500, json: { error: 'oops' } }));
    await page.keyboard.press('f');
    await inFocus(page, 1, 1);
    await page.keyboard.press('5');
    await page.getByRole('button', { name: '1 change not saved' }).waitFor();
    expect(await dialog.count()).toBe(0);
    await page.unroute(broken);
    await page.getByRole('button', { name: '1 change not saved' }).click();
    await dialog.getByRole('button', { name: /^Dismiss/ }).click();
    await dialog.waitFor({ state: 'hidden' });
    await triesToDeleteAgain(page);
    await page.reload();
    await page.getByRole('link', { name: 'Open Scene 1, 4 of 5 stars' }).waitFor();
    expect(await page.getByRole('button', { name: /not saved$/ }).count()).toBe(0);
  },
  LONG,
);

/** A deletion that is tried again is held back as it was before, and offered in one place no longer. */
async function triesToDeleteAgain(page: Page): Promise<void> {
  const broken = '**/api/trpc/photo.delete*';
  await page.route(broken, (route) => route.fulfill({ status: 500, json: { error: 'oops' } }));
  await page.keyboard.press('f');
  await inFocus(page, 1, 1);
  await page.keyboard.press('Delete');
  const refused = page.getByRole('button', { name: '1 change not saved' });
  await refused.waitFor();
  await page.unroute(broken);
  let sent = 0;
  page.on('request', (request) => {
    if (request.url().includes('photo.delete')) sent += 1;
  });
  await refused.click();
  await page.getByRole('button', { name: /^Try again/ }).click();
  await expect.poll(() => page.getByRole('button', { name: 'Retry' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await cardOf(page, 1).waitFor();
  expect(sent).toBe(0);
}

/** As somebody else would; this page hears of it. */
async function deleteElsewhere(page: Page, listingId: string, sceneId: string): Promise<void> {
  const { origin } = new URL(page.url());
  const response = await page.context().request.post(`${origin}/api/trpc/scene.delete`, {
    headers: { origin },
    data: { json: { listingId, sceneIds: [sceneId] } },
  });
  expect(response.status()).toBe(200);
}
