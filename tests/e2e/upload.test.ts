import type { Page, Route } from 'playwright-core';
import { expect } from 'vitest';
import { journey, useBrowser } from './browser.ts';
import { dropFiles } from './drop-files.ts';
import { createListing, signUp } from './photoestate-account.ts';
import { bracket, scenes } from './studio.ts';

useBrowser();

const tray = (page: Page) => page.getByRole('region', { name: 'Uploads' });

/** Lets nothing through to this place until the page is gone. */
async function hold(page: Page, place: RegExp, when: (route: Route) => boolean): Promise<void> {
  await page.route(place, (route) => (when(route) ? undefined : route.continue()));
}

journey(
  'a reload in mid-upload loses nothing and doubles nothing, nor does dropping the same again',
  async ({ page }) => {
    page.on('dialog', (dialog) => void dialog.accept());
    await signUp(page);
    await createListing(page, '3 Birch Way');
    const frames = await bracket([0, -2, 2, -4, 4], 11, { width: 480, height: 320 });
    let [sent, told] = [0, 0];
    // One arrives, one arrives without its page hearing of it, the others are on their way.
    await hold(page, /\/ingest\//, () => ++sent > 2);
    await hold(page, /\/api\/uploads/, (route) => {
      const isEnd = route.request().postData()?.includes('"complete"') ?? false;
      return isEnd && ++told > 1;
    });
    await dropFiles(page, frames);
    await tray(page)
      .getByText(/^Uploaded/)
      .waitFor();
    await expect.poll(() => told).toBe(2);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.reload();
    await page.getByText('5 exposures').waitFor();
    await page.getByText('5 photos · 1 scene').waitFor();

    await dropFiles(page, frames.slice(0, 3));
    const question = page.getByRole('dialog', { name: '3 photos are there already' });
    await question.getByText(`same as ${frames[0]?.name}`).waitFor();
    await question.getByRole('checkbox').press(' ');
    await page.getByRole('dialog').getByRole('button', { name: 'Keep both' }).click();
    await page.getByRole('dialog').getByRole('checkbox').press(' ');
    await page
      .getByRole('dialog', { name: '2 photos are there already' })
      .getByRole('button', { name: 'Skip' })
      .click();
    await page.getByText('6 photos').waitFor();
  },
);

journey(
  'offline in mid-edit and mid-upload, and a reload of that: everything is sent once when the connection is back',
  async ({ page, context }) => {
    await signUp(page);
    await createListing(page, '4 Cedar Close');
    const [late, ...frames] = [
      ...(await bracket([0], 12, { width: 480, height: 320 })),
      ...(await bracket([0, -2, 2], 13, { width: 480, height: 320 })),
    ];
    if (!late) throw new Error('there is no frame');
    await dropFiles(page, frames);
    await page.getByText('3 exposures').waitFor();
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    await context.setOffline(true);
    const banner = page.getByText(/^You are offline/);
    await banner.waitFor();

    await page.keyboard.press('f');
    await page.keyboard.press('x');
    await expect.poll(() => scenes(page)).toEqual(['1 exposure', '2 exposures']);
    await page.getByText(/1 change and all uploads wait here/).waitFor();
    await dropFiles(page, [late]);
    await tray(page).getByText('1 photo waits for the connection').waitFor();

    page.on('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await page.getByRole('heading', { name: 'You are offline' }).waitFor();
    const waiting = page.getByRole('list', { name: 'What waits for the connection' });
    expect(await waiting.getByRole('listitem').allInnerTexts()).toEqual([
      '1 photo to upload',
      '1 change to send',
    ]);
    await context.setOffline(false);
    await page.getByText('4 photos · 3 scenes').waitFor();
    expect(await scenes(page)).toEqual(['1 exposure', '1 exposure', '2 exposures']);
    await page.reload();
    await page.getByText('4 photos · 3 scenes').waitFor();
  },
);
