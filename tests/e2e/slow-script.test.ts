import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { addressOf, holdScripts, journey, useBrowser } from './browser.ts';

useBrowser();

journey(
  'what is typed before the script of a page runs is kept, and sent once it does',
  async ({ page, problems }) => {
    const arrive = await holdScripts(page);
    const url = `${addressOf('PHOTOESTATE_URL')}/sign-up`;
    await page.goto(url, { waitUntil: 'commit' });
    const email = `${randomUUID()}@example.com`;
    await page.getByLabel('Name').fill('Robin');
    await page.getByLabel('E-mail').fill(email);
    const password = page.getByLabel('Password', { exact: true });
    await password.fill('correct horse battery');
    // Enter sends nothing yet, and does not have the page come anew.
    await password.press('Enter');
    arrive();
    await page.getByRole('button', { name: 'Create account', disabled: false }).waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('Robin');
    expect(await page.getByLabel('E-mail').inputValue()).toBe(email);
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.waitForURL('**/listings');
    expect(problems).toEqual([]);
  },
);
