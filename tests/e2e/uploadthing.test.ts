import { randomUUID } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { expect } from 'vitest';
import { addressOf, journey, useBrowser } from './browser.ts';
import { serveUploadthingApp } from './uploadthing-app.ts';

useBrowser();

async function openNewProject(page: Page, slipway: string): Promise<void> {
  await page.goto(`${slipway}/sign-up`);
  await page.getByLabel('Name').fill('Una');
  await page.getByLabel('E-mail').fill(`${randomUUID()}@example.com`);
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page.getByRole('button', { name: /sign up|create account/i }).click();
  await page.waitForURL('**/dashboard');
  await page
    .getByRole('button', { name: /new project|create project/i })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Moved');
  await dialog.getByRole('button', { name: /create/i }).click();
  await page
    .getByText(/sk_live_\w{32}/)
    .first()
    .waitFor();
  await dialog.getByRole('button').last().click();
  await page.goto(`${slipway}/dashboard`);
  await page.getByRole('link', { name: 'Moved' }).first().click();
  await page.waitForURL('**/projects/prj_*');
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

journey('an app on UploadThing moves here by its environment alone', async ({ page, problems }) => {
  const slipway = addressOf('SLIPWAY_URL');
  await openNewProject(page, slipway);
  await page.goto(`${new URL(page.url()).href}/settings`);
  await page.getByRole('button', { name: 'Create token' }).click();
  const dialog = page.getByRole('dialog', { name: 'Your app’s variables' });
  const text = await dialog.locator('pre').innerText();
  const variables = Object.fromEntries(
    text
      .trim()
      .split('\n')
      .map((line) => line.split(/=(.*)/s).slice(0, 2)),
  );
  expect(Object.keys(variables)).toHaveLength(6);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'I have copied them' }).click();
  await page.getByRole('button', { name: /Revoke the token/ }).waitFor();
  await expectAccessible(page);
  await page.goto(`${slipway}/docs/uploadthing`);
  await expectAccessible(page);

  Object.assign(process.env, variables);
  const app = await serveUploadthingApp();
  try {
    await page.goto(app.url);
    await page.locator('label[data-state=ready]').waitFor();
    const size = { width: 64, height: 48, channels: 3, background: '#2060c0' } as const;
    const buffer = await sharp({ create: size }).png().toBuffer();
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'sky.png', mimeType: 'image/png', buffer });
    const says = page.getByTestId('says');
    await says.waitFor();
    // What the handler on the app's server returned.
    expect(await says.innerText()).toBe('user_1 has sky.png');
    const address = await page.getByRole('link', { name: 'open' }).getAttribute('href');
    expect(address?.startsWith(`${slipway}/a/prj_`)).toBe(true);
  } finally {
    await app.close();
    for (const name of Object.keys(variables)) delete process.env[name];
  }
  expect(problems).toEqual([]);
});
