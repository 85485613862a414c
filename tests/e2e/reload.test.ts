import type { Page, Route } from 'playwright-core';
import { expect } from 'vitest';
import { journey, useBrowser } from './browser.ts';
import { dropFiles } from './drop-files.ts';
import { createListing, signUp } from './photoestate-account.ts';
import { deedsOf } from './seed-listings.ts';
import { bracket } from './studio.ts';

useBrowser();

/** A listing with one scene of three exposures. */
async function openListing(page: Page, address: string, seed: number): Promise<string> {
  await signUp(page);
  const id = await createListing(page, address);
  await dropFiles(page, await bracket([0, -2, 2], seed, { width: 480, height: 320 }));
  await page.getByText('3 exposures').waitFor();
  return id;
}

/** The server makes the next such change, and nobody hears its answer; returns once it was made. */
async function loseAnswer(page: Page, call: string): Promise<() => Promise<void>> {
  const made = Promise.withResolvers<void>();
  const place = (url: URL) => url.pathname.includes(call);
  await page.route(place, async (route: Route) => {
    await route.fetch().catch(() => undefined);
    made.resolve();
  });
  return async () => {
    await made.promise;
    await page.unroute(place);
  };
}

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
const adjusting = (page: Page) => page.getByRole('dialog', { name: 'Adjust the look' });

/** Changes the settings of the scene, and stops before they are kept. */
async function adjust(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Enhance: Scene 1' }).click();
  await page.getByRole('menuitem', { name: /^Adjust and preview/ }).click();
  await adjusting(page).getByLabel('Brightness').fill('2');
}

journey(
  'a reload in mid-edit: what was typed and set is there again, and what was being saved is made once',
  async ({ page, problems }) => {
    const id = await openListing(page, '5 Dogwood Drive', 14);
    const before = await deedsOf(id);

    await page.getByRole('button', { name: 'Edit the address' }).click();
    const address = page.getByLabel('Address', { exact: true });
    await address.fill('6 Elder Row');
    await page.reload();
    await expect.poll(() => address.inputValue()).toBe('6 Elder Row');
    const renamed = await loseAnswer(page, 'listing.update');
    await address.press('Enter');
    await renamed();
    await page.reload();
    await heading(page, '6 Elder Row').waitFor();

    await page.keyboard.press('i');
    const details = page.getByRole('dialog', { name: 'Details' });
    const notes = details.getByLabel('Notes');
    await notes.fill('The key is under the pot');
    await details.getByRole('tab', { name: 'Activity' }).click();
    await details.getByRole('tab', { name: 'Listing' }).click();
    await page.reload();
    await expect.poll(() => notes.inputValue()).toBe('The key is under the pot');
    await details.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Listing saved').waitFor();

    await adjust(page);
    await page.reload();
    const brightness = adjusting(page).getByLabel('Brightness');
    await expect.poll(() => brightness.inputValue()).toBe('2');
    const kept = await loseAnswer(page, 'scene.setSettings');
    await adjusting(page).getByRole('button', { name: 'Save for later' }).click();
    await kept();
    await page.reload();
    await page.getByText('Has settings of its own').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);

    const sent = ['listing.updated', 'listing.updated', 'scene.settings'];
    await expect.poll(async () => (await deedsOf(id)).slice(before.length)).toEqual(sent);
    // What was sent once more by the page that did not know is told of by the server's receipt.
    await page.waitForFunction(async () => {
      const opened = indexedDB.open('queued-edits', 1);
      await new Promise((resolve) => {
        opened.onsuccess = resolve;
      });
      const count = opened.result.transaction('rows').objectStore('rows').count();
      await new Promise((resolve) => {
        count.onsuccess = resolve;
      });
      opened.result.close();
      return count.result === 0;
    });
    expect((await deedsOf(id)).slice(before.length)).toEqual(sent);
    await page.keyboard.press('i');
    expect(await notes.inputValue()).toBe('The key is under the pot');
    expect(problems.filter((text) => !text.includes('ERR_FAILED'))).toEqual([]);
  },
);

journey(
  'what was edited offline survives a reload, and is sent exactly once',
  async ({ page, context }) => {
    const id = await openListing(page, '7 Fir Lane', 15);
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    const before = await deedsOf(id);
    await context.setOffline(true);
    await page.getByText(/^You are offline/).waitFor();
    await page.getByRole('button', { name: 'Edit the address' }).click();
    const address = page.getByLabel('Address', { exact: true });
    await address.fill('8 Gorse Hill');
    await address.press('Enter');
    await heading(page, '8 Gorse Hill').waitFor();
    await page.getByText(/1 change and all uploads wait here/).waitFor();

    await page.reload();
    await page.getByRole('heading', { name: 'You are offline' }).waitFor();
    await page.getByText('1 change to send').waitFor();
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('listing.update')) asked.push(request.url());
    });
    await context.setOffline(false);
    await heading(page, '8 Gorse Hill').waitFor();
    await expect
      .poll(async () => (await deedsOf(id)).slice(before.length))
      .toEqual(['listing.updated']);
    await page.reload();
    await heading(page, '8 Gorse Hill').waitFor();
    expect((await deedsOf(id)).slice(before.length)).toEqual(['listing.updated']);
    expect(asked).toHaveLength(1);
  },
);
