import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { addressOf } from './browser.ts';

/** A photographer of their own, on the page of listings. */
export async function signUp(page: Page): Promise<void> {
  await page.goto(`${addressOf('PHOTOESTATE_URL')}/sign-up`);
  await page.getByLabel('Name').fill('Robin');
  await page.getByLabel('E-mail').fill(`${randomUUID()}@example.com`);
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL('**/listings');
}

/** @returns its id */
export async function createListing(page: Page, address: string): Promise<string> {
  const field = page.getByLabel('Address', { exact: true });
  // A page that was just loaded is seen a moment before it hears, and answers then; not if that took long.
  const ask = async () => {
    await page.getByRole('button', { name: 'New listing' }).click();
    const asked = field.waitFor({ timeout: 10_000 });
    return asked.then(
      () => true,
      () => false,
    );
  };
  while (!(await ask()));
  await field.fill(address);
  await page.getByRole('button', { name: 'Create listing' }).click();
  await page.waitForURL('**/listings/lst_*');
  await page.getByRole('heading', { level: 1, name: address }).waitFor();
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}
