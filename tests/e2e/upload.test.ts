import type { Page, Route } from 'playwright-core';
import { expect } from 'vitest';
import { journey, useBrowser } from './browser.ts';
import { dropFiles } from './drop-files.ts';
import { createListing, signUp } from './photoestate-account.ts';
import { bracket } from './studio.ts';

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
    // Of the one that arrived unheard the page hears by itself, or its queue finds it there.
    await tray(page)
      .getByText(/[34] photos uploaded/)
      .waitFor();

    await dropFiles(page, frames.slice(0, 3));
    const question = page.getByRole('dialog', { name: '3 photos are there already' });
    await question.getByText(`same as ${frames[0]?.name}`).waitFor();
    await question.getByRole('checkbox').press(' ');
    await page.getByRole('dialog').getByRole('button', { name: 'Keep both' }).click();
    await page
      .getByRole('dialog', { name: '2 photos are there already' })
      .getByRole('button', { name: 'Skip' })
      .click();
    await page.getByText('6 photos').waitFor();
    await tray(page)
      .getByText(/[45] photos uploaded/)
      .waitFor();
  },
);
