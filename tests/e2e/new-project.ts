import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { addressOf } from './browser.ts';

export async function signUp(page: Page): Promise<void> {
  await page.goto(`${addressOf('SLIPWAY_URL')}/sign-up`);
  await page.getByLabel('Name').fill('Kay');
  await page.getByLabel('E-mail').fill(`${randomUUID()}@example.com`);
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page.getByRole('button', { name: /sign up|create account/i }).click();
  await page.waitForURL('**/dashboard');
}

/** Signs a new person up and makes a project, with the keyboard in the end; shows it, and returns its id. */
export async function openNewProject(page: Page, name: string): Promise<string> {
  const url = addressOf('SLIPWAY_URL');
  await signUp(page);
  await page
    .getByRole('button', { name: /new project|create project/i })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByRole('button', { name: /create/i }).click();
  await page
    .getByText(/sk_live_\w{32}/)
    .first()
    .waitFor();
  await dialog.getByRole('button').last().click();
  await page.goto(`${url}/dashboard`);
  await page.getByRole('link', { name }).first().focus();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/projects/prj_*');
  return /prj_\w+/.exec(page.url())?.[0] ?? '';
}
