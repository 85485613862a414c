import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { textNamedJpg } from '@repo/engine/test-pictures';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { addressOf, journey, useBrowser } from './browser.ts';
import { mostElements, watchElements } from './count-elements.ts';
import { dragFrame } from './drag-frame.ts';
import { dropFiles } from './drop-files.ts';
import { createListing, signUp } from './photoestate-account.ts';
import { seedPhotos } from './seed-listings.ts';
import { bracket, plainWall, SIZE, scenes } from './studio.ts';

useBrowser();

const url = () => addressOf('PHOTOESTATE_URL');
const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

journey(
  'a photographer drops a bracket, has it enhanced, compares by keyboard and downloads the result',
  async ({ page, problems }) => {
    await signUp(page);
    const listingId = await createListing(page, '12 Elm Street');
    const frames = await bracket([0, -2, 2, -4, 4], 1);
    await dropFiles(page, frames);
    await page.getByText('5 exposures').waitFor();
    expect(await scenes(page)).toEqual(['5 exposures']);
    await expectAccessible(page);

    await page.getByRole('button', { name: 'Enhance: Scene 1' }).click();
    const asked = page.waitForResponse((response) => response.url().includes('/first-look?'), {
      timeout: 120_000,
    });
    await page.getByRole('menuitem', { name: 'Natural' }).click();
    // Before the result there is a small picture of it, in place of the original.
    await page.getByText('First look', { exact: true }).waitFor({ timeout: 120_000 });
    expect((await asked).status()).toBe(302);
    expect(await page.getByText('Finished', { exact: true }).count()).toBe(0);
    const compare = page.getByRole('link', { name: 'Compare Scene 1' });
    await compare.waitFor({ timeout: 120_000 });
    await compare.click();

    const divider = page.getByRole('slider', { name: 'Original and result' });
    await divider.focus();
    const value = () => divider.getAttribute('aria-valuenow').then(Number);
    expect(await value()).toBe(50);
    await page.keyboard.press('ArrowRight');
    expect(await value()).toBe(51);
    await page.keyboard.press('Shift+ArrowLeft');
    expect(await value()).toBe(41);
    await page.keyboard.press('Home');
    expect(await divider.getAttribute('aria-valuetext')).toBe('Only Result');
    await page.keyboard.press('2');
    expect(await value()).toBe(50);
    await page.keyboard.press('?');
    await page
      .getByRole('dialog', { name: 'Keyboard shortcuts' })
      .getByText('Left by 10 %')
      .waitFor();
    await page.keyboard.press('Escape');
    await expectAccessible(page);
    await compareByKeyboard(page);

    const waiting = page.waitForEvent('download');
    await page.getByRole('link', { name: /^Download/ }).click();
    const download = await waiting;
    expect(download.suggestedFilename()).toBe('12-elm-street-01.jpg');
    const result = await readFile(await download.path());
    expect(frames.map(({ bytes }) => digest(bytes))).not.toContain(digest(result));
    expect(await sizeOf(page, result)).toEqual(SIZE);
    expect(problems).toEqual([]);
    await expectFewElements(page, listingId);
  },
);

/** Of all the page, with a thousand photos more in its filmstrip, however that is scrolled. */
async function expectFewElements(page: Page, listingId: string): Promise<void> {
  await seedPhotos(listingId, 1_000);
  await watchElements(page);
  for (const size of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(size);
    await page.reload();
    await page.locator('[data-scene]').nth(3).waitFor();
    await page.getByRole('heading', { name: 'Quality' }).waitFor();
    await page.locator('[data-keys=filmstrip]').evaluate(async (strip) => {
      for (let step = 0; step < 20; step += 1) {
        strip.scrollBy({ left: 170 });
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 20)));
      }
    });
    expect(await mostElements(page)).toBeLessThan(400);
  }
}

/** Every way to compare, zoom in step, what is measured, and stars: without the mouse, and kept. */
async function compareByKeyboard(page: Page): Promise<void> {
  for (const [key, name] of [
    ['o', 'Overlay'],
    ['d', 'Difference'],
    ['y', 'Side by side'],
  ] as const) {
    await page.keyboard.press(key);
    await page.getByRole('button', { name, pressed: true, exact: true }).waitFor();
    await page.getByRole('status').getByText(name, { exact: true }).waitFor();
  }
  for (const key of ['z', '+', 'Shift+ArrowRight', 'Shift+ArrowDown']) {
    await page.keyboard.press(key);
  }
  const [left, right] = await shownParts(page);
  expect(left?.[2]).toBeGreaterThan(SIZE.width);
  left?.forEach((at, index) => {
    expect(Math.abs(at - (right?.[index] ?? 0))).toBeLessThanOrEqual(0.5);
  });
  await page.keyboard.press('h');
  await page.getByRole('img', { name: /^Histogram of Original/ }).waitFor();
  await page.getByRole('img', { name: /^Histogram of Result/ }).waitFor();
  await page.keyboard.press('j');
  await page.locator('[data-clipping=shown]').first().waitFor();
  await expectAccessible(page);
  const kept = page.waitForResponse((response) => response.url().includes('scene.rate'));
  await page.keyboard.press('Shift+Digit4');
  expect((await kept).status()).toBe(200);
  const stars = page.getByRole('button', { name: '4 stars', pressed: true });
  await stars.waitFor();
  // Both are kept: what is chosen in the address, the stars on the server.
  await expect.poll(() => page.url()).toMatch(/mode=side.*zoom=/);
  await page.reload();
  await stars.waitFor();
  await page.getByRole('button', { name: 'Side by side', pressed: true }).waitFor();
  const off = async () => {
    const [now = []] = await shownParts(page);
    return Math.max(...(left ?? []).map((at, index) => Math.abs(at - (now[index] ?? Infinity))));
  };
  // As far as an address tells.
  await expect.poll(off).toBeLessThan(1);
}

/** Where the photo lies in each of the two, and how wide. */
async function shownParts(page: Page): Promise<number[][]> {
  return page.locator('[data-pane]').evaluateAll((panes) =>
    panes.map((pane) => {
      const photo = pane.querySelector('img')?.getBoundingClientRect();
      const corner = pane.getBoundingClientRect();
      return [(photo?.x ?? 0) - corner.x, (photo?.y ?? 0) - corner.y, photo?.width ?? 0];
    }),
  );
}

/** As a browser sees it. */
async function sizeOf(page: Page, jpeg: Uint8Array): Promise<{ width: number; height: number }> {
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const { width, height } = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
    return { width, height };
  }, Buffer.from(jpeg).toString('base64'));
}

journey('a wrong grouping is put right by keyboard and by drag, and undone', async ({ page }) => {
  await signUp(page);
  await createListing(page, '7 Oak Lane');
  const { name, bytes } = textNamedJpg();
  await dropFiles(page, [
    ...(await bracket([-2, 0, 2], 2)),
    ...(await bracket([-2, 0, 2], 3)),
    { name, type: 'image/jpeg', bytes },
  ]);
  await expect
    .poll(() => scenes(page), { timeout: 60_000 })
    .toEqual(['3 exposures', '3 exposures']);
  // A text file that calls itself a photo is refused, with the reason in words.
  await page.getByRole('region', { name: 'Uploads' }).getByText('This is not a photo.').waitFor();
  await page.getByRole('button', { name: 'Close uploads' }).click();

  await page.keyboard.press('f');
  await page.keyboard.press('m');
  const chosen = page.locator('[role=menuitem]:focus');
  await chosen.filter({ hasText: 'A new scene' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await chosen.filter({ hasText: 'Scene 2' }).waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => scenes(page)).toEqual(['2 exposures', '4 exposures']);
  await page.keyboard.press('Control+z');
  await expect.poll(() => scenes(page)).toEqual(['3 exposures', '3 exposures']);

  const cards = page.getByRole('list', { name: 'Scenes' }).locator('> li');
  const frame = cards.nth(0).locator('[data-photo]').first();
  await dragFrame(page, frame, cards.nth(1));
  await expect.poll(() => scenes(page)).toEqual(['2 exposures', '4 exposures']);
  // By key: the notice still slides in, and a click would wait until it stands.
  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await expect.poll(() => scenes(page)).toEqual(['3 exposures', '3 exposures']);
});

journey(
  'scenes are merged and deleted together by keyboard, come back when that is undone, and go for good when it is not',
  async ({ page, problems }) => {
    await signUp(page);
    await createListing(page, '5 Birch Row');
    const rooms = await Promise.all([31, 34, 37].map((minute) => bracket([-2, 0], minute)));
    await dropFiles(page, rooms.flat());
    const three = ['2 exposures', '2 exposures', '2 exposures'];
    await expect.poll(() => scenes(page), { timeout: 60_000 }).toEqual(three);
    await page.getByRole('button', { name: 'Close uploads' }).click();
    const bar = page.getByRole('region', { name: 'Selection' });
    const press = (...keys: string[]) =>
      keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
    const sent = (path: string) =>
      page.waitForResponse((response) => response.url().includes(`/${path}`));

    await press('f', 'x', 'ArrowDown', 'x', 'ArrowDown', 'x');
    await bar.getByText('3 scenes selected').waitFor();
    await expectAccessible(page);
    const merged = sent('scene.merge');
    await press('g');
    await expect.poll(() => scenes(page)).toEqual(['6 exposures']);
    expect((await merged).status()).toBe(200);
    const parted = sent('scene.split');
    await press('Control+z');
    await expect.poll(() => scenes(page)).toEqual(three);
    expect((await parted).status()).toBe(200);
    await page.reload();
    await expect.poll(() => scenes(page)).toEqual(three);

    await press('f', 'x', 'ArrowDown', 'x', 'Shift+Delete');
    await expect.poll(() => scenes(page)).toEqual(['2 exposures']);
    await press('Control+z');
    await expect.poll(() => scenes(page)).toEqual(three);
    // What was chosen is chosen again.
    await bar.getByText('2 scenes selected').waitFor();
    // What goes and when is said; the time runs on other pages, too, and so does taking it back.
    await press('Escape', 'f', 'Shift+Delete');
    const words = page.getByRole('region', { name: 'Messages' });
    await words.getByText(/^Its 2 photos are gone for good in 8 seconds/).waitFor();
    await press('Enter');
    await page.getByRole('heading', { name: 'Scene 1: compare' }).waitFor();
    await press('Control+z');
    await press('Escape');
    await expect.poll(() => scenes(page)).toEqual(three);
    await press('f', 'Shift+Delete');
    const gone = sent('scene.delete');
    await expect.poll(() => scenes(page)).toEqual(three.slice(1));
    expect((await gone).status()).toBe(200);
    await page.reload();
    await expect.poll(() => scenes(page)).toEqual(three.slice(1));
    await press('?');
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await sheet.getByText('Merge what is selected into one scene').waitFor();
    await sheet.getByText('Delete what is selected, or the scene').waitFor();
    await press('Escape');
    await expectRightToLeft(page);
    expect(problems).toEqual([]);
  },
);

/** In a script that goes the other way the page does, too, and what a photo shows does not. */
async function expectRightToLeft(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.documentElement.dir = 'rtl';
  });
  const card = page.getByRole('list', { name: 'Scenes' }).locator('> li').first();
  const places = await card.evaluate((element) => {
    const edge = (found: Element | null | undefined) => found?.getBoundingClientRect().right ?? 0;
    const frames = [...element.querySelectorAll('[data-photo]')].map(edge);
    return { inset: edge(element) - edge(element.querySelector('[role=checkbox]')), frames };
  });
  expect(places.inset).toBeGreaterThan(8);
  expect(places.frames).toEqual([...places.frames].sort((a, b) => a - b));
  expect(places.frames).toHaveLength(2);
}

journey('a full scene refuses the frame that is dropped on it', async ({ page }) => {
  await signUp(page);
  await createListing(page, '3 Fir Close');
  const evs = [-4, -3, -2, -1, 0, 1, 2, 3, 4];
  await dropFiles(page, [...(await bracket(evs, 6)), ...(await bracket([0], 7))]);
  await expect
    .poll(() => scenes(page), { timeout: 120_000 })
    .toEqual(expect.arrayContaining(['1 exposure', '9 exposures']));
  await page.getByRole('button', { name: 'Close uploads' }).click();
  const cards = page.getByRole('list', { name: 'Scenes' }).locator('> li');
  const alone = cards.filter({ hasText: '1 exposure' });
  const full = cards.filter({ hasText: '9 exposures' });
  await dragFrame(page, alone.locator('[data-photo]').first(), full.locator('h2'));
  const notice = page.getByRole('region', { name: 'Messages' }).getByText(/^Scene \d is full$/);
  await notice.waitFor();
  expect(await page.getByRole('button', { name: /^(Undo|Retry)$/ }).count()).toBe(0);
  expect((await scenes(page)).sort()).toEqual(['1 exposure', '9 exposures']);
});

/** Per scene on the worktable: the finished photo that its card shows, or null. */
async function results(page: Page): Promise<(string | null)[]> {
  const cards = await page.getByRole('list', { name: 'Scenes' }).locator('> li').all();
  return Promise.all(
    cards.map(async (card) => {
      const cover = card.locator('a[aria-label^="Compare the finished photo"] img');
      return (await cover.count()) === 0 ? null : cover.getAttribute('src');
    }),
  );
}

journey(
  'a frame put into another room never becomes its result, and undo brings both back',
  async ({ page }) => {
    await signUp(page);
    await createListing(page, '9 Ash Road');
    await dropFiles(page, [...(await bracket([-2, 0, 2], 4)), ...(await bracket([0], 5))]);
    await expect
      .poll(() => scenes(page), { timeout: 60_000 })
      .toEqual(['1 exposure', '3 exposures']);
    await page.getByRole('button', { name: 'Close uploads' }).click();
    await page.getByRole('button', { name: 'Enhance all' }).click();
    await page.getByRole('menuitem', { name: 'Natural' }).click();
    await expect.poll(() => results(page), { timeout: 120_000 }).not.toContain(null);
    const own = await results(page);
    expect(new Set(own).size).toBe(2);

    const cards = page.getByRole('list', { name: 'Scenes' }).locator('> li');
    await cards.nth(1).locator('[data-photo]').first().focus();
    await page.keyboard.press('m');
    await page.getByRole('menuitem', { name: 'Scene 1' }).click();
    await expect.poll(() => scenes(page)).toEqual(['4 exposures']);
    await page.getByText('Frames changed').waitFor();
    expect(await results(page)).toEqual([own[0]]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => scenes(page)).toEqual(['1 exposure', '3 exposures']);
    await expect.poll(() => results(page)).toEqual(own);
  },
);

journey(
  'a selection is made by keyboard, seen before it is paid, enhanced together; what is doubtful is reviewed',
  async ({ page, problems }) => {
    await signUp(page);
    await createListing(page, '3 Pine Court');
    await dropFiles(page, [...(await bracket([-2, 0, 2], 6)), await plainWall()]);
    await expect
      .poll(() => scenes(page), { timeout: 60_000 })
      .toEqual(['1 exposure', '3 exposures']);
    await page.getByRole('button', { name: 'Close uploads' }).click();
    await page.keyboard.press('f');
    await page.keyboard.press('x');
    const bar = page.getByRole('region', { name: 'Selection' });
    await bar.getByText('1 scene selected').waitFor();
    await page.keyboard.press('Control+a');
    await bar.getByText('2 scenes selected').waitFor();
    await bar.getByRole('button', { name: 'Enhance' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Adjust and preview' }).click();
    const dialog = page.getByRole('dialog', { name: 'Enhance 2 scenes' });
    await dialog.getByText('2 credits', { exact: true }).waitFor();
    await dialog.getByRole('radio', { name: 'Luxury' }).check({ force: true });
    for (const scene of ['Scene 1', 'Scene 2']) {
      await dialog.getByRole('img', { name: `${scene}, preview` }).waitFor({ timeout: 60_000 });
    }
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Enhance' }).click();

    const batch = page.getByRole('list', { name: 'Batches' });
    await batch.getByText('2 scenes finished').waitFor({ timeout: 120_000 });
    await batch.getByText('2 credits spent').waitFor();
    await page.getByText('Needs review', { exact: true }).first().waitFor();
    await page.getByRole('link', { name: /^Review\s*1\s*photo needs it$/ }).click();
    await page.getByText('The photo looks soft.').waitFor();
    await expectAccessible(page);
    await page.keyboard.press('r');
    await page.getByRole('dialog', { name: /^Reject/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Rejected', { exact: true }).waitFor();
    await page.getByRole('link', { name: '999,999' }).waitFor();
    await page.getByRole('heading', { name: 'Nothing needs review' }).waitFor();
    expect(problems).toEqual([]);
  },
);

journey('the way in leads back to the page that was wanted, and nowhere else', async ({ page }) => {
  await page.goto(`${url()}/listings/lst_unknown`);
  await page.waitForURL('**/sign-in?next=*');
  expect(new URL(page.url()).searchParams.get('next')).toBe('/listings/lst_unknown');
  await expectAccessible(page);
  await page.goto(`${url()}/`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await expectAccessible(page);
});
