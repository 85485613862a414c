import { randomUUID } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import { makeBracket } from '@repo/engine/test-pictures';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { addressOf, journey, useBrowser } from './browser.ts';
import { dropFiles } from './drop-files.ts';

useBrowser();

/** One white pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const url = () => addressOf('SLIPWAY_URL');

async function signUp(page: Page): Promise<void> {
  await page.goto(`${url()}/sign-up`);
  await page.getByLabel('Name').fill('Erin');
  await page.getByLabel('E-mail').fill(`${randomUUID()}@example.com`);
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page.getByRole('button', { name: /sign up|create account/i }).click();
  await page.waitForURL('**/dashboard');
}

/** Makes a project and returns its key, as shown once. */
async function createProject(page: Page, name: string): Promise<string> {
  await page
    .getByRole('button', { name: /new project|create project/i })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByRole('button', { name: /create/i }).click();
  const key = await page
    .getByText(/sk_live_\w{32}/)
    .first()
    .textContent();
  await page.getByRole('dialog').getByRole('button').last().click();
  return /sk_live_\w{32}/.exec(key ?? '')?.[0] ?? '';
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

journey(
  'a developer signs up, makes a project, drops a file and sees it ready',
  async ({ page, problems }) => {
    await signUp(page);
    const key = await createProject(page, 'Journey');
    expect(key).toMatch(/^sk_live_\w{32}$/);
    await page.goto(`${url()}/dashboard`);
    await page.getByRole('link', { name: 'Journey' }).first().click();
    await page.waitForURL('**/projects/prj_*');
    await page.getByText('No files yet').waitFor();

    await dropFiles(page, [
      { name: 'dot.png', type: 'image/png', bytes: PNG },
      { name: 'fake.png', type: 'image/png', bytes: Buffer.from('no picture') },
    ]);
    const row = page.getByRole('row', { name: /dot\.png/ });
    await row.getByText('Ready').waitFor();
    await page
      .getByRole('row', { name: /fake\.png/ })
      .getByText('Rejected')
      .waitFor();
    await expectAccessible(page);

    // The key that was shown works, and the API sees what the dashboard shows.
    const response = await fetch(`${url()}/api/files?status=ready`, {
      headers: { authorization: `Bearer ${key}` },
    });
    const { data } = (await response.json()) as { data: { name: string }[] };
    expect(data.map((file) => file.name)).toEqual(['dot.png']);
    expect(problems.filter((text) => !text.includes('422'))).toEqual([]);
  },
);

journey('a rolled key stops the old one, and the new one is shown once', async ({ page }) => {
  await signUp(page);
  const old = await createProject(page, 'Keys');
  await page.goto(`${url()}/dashboard`);
  await page.getByRole('link', { name: 'Keys' }).first().click();
  await page.getByLabel('Project', { exact: true }).getByRole('link', { name: 'Keys' }).click();
  await page.getByRole('button', { name: /^Actions for Secret key/ }).click();
  await page.getByRole('menuitem', { name: 'Roll' }).click();
  await page.getByRole('radio', { name: 'Not at all' }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Roll key' }).click();
  const fresh = /sk_live_\w{32}/.exec(
    (await page
      .getByText(/sk_live_\w{32}/)
      .first()
      .textContent()) ?? '',
  )?.[0];
  const statusOf = async (key: string) =>
    (await fetch(`${url()}/api/project`, { headers: { authorization: `Bearer ${key}` } })).status;
  expect(await statusOf(fresh ?? '')).toBe(200);
  expect(await statusOf(old)).toBe(401);
  await page.reload();
  await page.getByRole('button', { name: 'Create key' }).waitFor();
  await expectAccessible(page);
  expect(await page.content()).not.toContain(fresh);
});

journey(
  'an invitation says what it offers before there is an account, and is taken with the new one',
  async ({ page, context, problems }) => {
    await signUp(page);
    await page
      .getByRole('button', { name: /new project/i })
      .first()
      .waitFor();
    const me = await context.request.get(`${url()}/api/trpc/session.me`);
    const [{ id: organizationId }] = (await me.json()).result.data.json.organizations;
    await page.goto(`${url()}/organizations/${organizationId}/members`);
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    const dialog = page.getByRole('dialog');
    const email = `${randomUUID()}@example.com`;
    await dialog.getByLabel('Mail address').fill(email);
    await dialog.getByRole('button', { name: 'Create invitation' }).click();
    const link = await dialog.getByText(/\/invitations\/inv_/).textContent();
    await context.clearCookies();
    await page.goto(link ?? '');
    await page.getByRole('heading', { name: /^Join / }).waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Create an account' }).click();
    await page.getByLabel('Name').fill('Ann');
    expect(await page.getByLabel('E-mail').inputValue()).toBe(email);
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('button', { name: `Join as ${email}` }).click();
    await page.waitForURL(`**/dashboard?org=${organizationId}`);
    expect(problems).toEqual([]);
  },
);

journey(
  'a picture is cut to a square by keyboard, shown wherever its owner is, and removed',
  async ({ page, problems }) => {
    await signUp(page);
    const [drawn] = await makeBracket({ width: 640, height: 480, evs: [0] });
    const face = {
      name: 'face.jpg',
      mimeType: 'image/jpeg',
      buffer: Buffer.from(drawn?.bytes ?? []),
    };
    await page.goto(`${url()}/account`);
    const choose = page.getByLabel('Picture: choose a file');
    await choose.setInputFiles({ ...face, buffer: Buffer.from('no picture') });
    await page.getByText('cannot be shown as a picture').waitFor();
    await choose.setInputFiles(face);
    const dialog = page.getByRole('dialog');
    const picture = dialog.locator('img');
    const place = () => picture.evaluate((img) => [img.style.left, img.style.width]);
    const [left, width] = await place();
    await dialog.getByRole('application').press('ArrowRight');
    expect((await place())[0]).not.toBe(left);
    await dialog.getByRole('slider', { name: 'Zoom' }).press('ArrowRight');
    expect((await place())[1]).not.toBe(width);
    await expectAccessible(page);
    const sent = page.waitForRequest('**/api/account/picture');
    await dialog.getByRole('button', { name: 'Save picture' }).click();
    // Made here: the photo itself, a JPEG, stays in the browser.
    expect((await sent).headers()['content-type']).toBe('image/webp');
    await dialog.waitFor({ state: 'detached' });
    const isShown = (where: string) =>
      page
        .locator(`${where} img`)
        .first()
        .evaluate((img) => img instanceof HTMLImageElement && img.naturalWidth)
        .catch(() => 0);
    await expect.poll(() => isShown('header')).toBeGreaterThan(400);
    const me = await (await page.request.get(`${url()}/api/trpc/session.me`)).json();
    const [{ id }] = me.result.data.json.organizations;
    await page.goto(`${url()}/organizations/${id}/members`);
    await expect.poll(() => isShown('main li')).toBeGreaterThan(400);
    await page.goto(`${url()}/account`);
    await page.getByRole('button', { name: 'Remove' }).click();
    await expect.poll(() => page.locator('header img').count()).toBe(0);
    expect(problems).toEqual([]);
  },
);

journey(
  'somebody who is not signed in is asked to, and comes back to where they wanted to go',
  async ({ page }) => {
    await page.goto(`${url()}/projects/prj_unknown/rules`);
    await page.waitForURL('**/sign-in?next=*');
    expect(new URL(page.url()).searchParams.get('next')).toBe('/projects/prj_unknown/rules');
    await page.goto(`${url()}/sign-in?next=https://evil.example`);
    await expectAccessible(page);
  },
);

journey(
  'a visitor sees an upload get ready on the front page, and a lie refused',
  async (journey) => {
    const { page, problems } = journey;
    await page.goto(url());
    const demo = page.getByRole('region', { name: 'Try it' });
    await demo.getByRole('button', { name: 'Try to cheat' }).click();
    await demo.getByText('Rejected').waitFor();
    await demo.getByRole('link', { name: 'type_mismatch' }).waitFor();
    const file = { name: 'dot.png', mimeType: 'image/png', buffer: PNG };
    await demo.getByLabel('A file to try').setInputFiles(file);
    await demo.getByText('Ready').waitFor();
    await demo.getByText('image/png, as its bytes say').waitFor();
    await expectAccessible(page);
    expect(problems.filter((text) => !text.includes('422'))).toEqual([]);
  },
);
