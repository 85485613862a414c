import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { expect } from 'vitest';
import { addressOf, journey, useBrowser } from './browser.ts';
import { openNewProject } from './new-project.ts';
import { serveUploadthingApp } from './uploadthing-app.ts';

useBrowser();

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

journey('an app on UploadThing moves here by its environment alone', async ({ page, problems }) => {
  const slipway = addressOf('SLIPWAY_URL');
  await openNewProject(page, 'Moved');
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
