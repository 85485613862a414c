import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { makeBracket } from '@repo/engine/test-pictures';
import type { BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { addressOf, journey, useBrowser } from './browser.ts';
import { addAndTestWebhook } from './webhook-steps.ts';

useBrowser();

const url = () => addressOf('PHOTOESTATE_URL');

async function post(context: BrowserContext, path: string, data: object): Promise<unknown> {
  const response = await context.request.post(`${url()}/api/${path}`, {
    headers: { origin: url() },
    data,
  });
  expect(response.status(), path).toBe(200);
  return response.json();
}

async function axe(page: Page): Promise<void> {
  // Colours on their way from one look to the other have no contrast yet.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const isDark of [false, true]) {
    // As the switch of the account's menu does it.
    await page.evaluate((on) => document.documentElement.classList.toggle('dark', on), isDark);
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  }
}

/** Whether a picture is really there, as the browser has it. */
const isShown = (page: Page, selector: string) =>
  page
    .locator(selector)
    .first()
    .evaluate((img) => img instanceof HTMLImageElement && img.naturalWidth > 0)
    .catch(() => false);

journey(
  'a studio shows its face and its colours, and hears what its admin gave it',
  async ({ page, context, problems }) => {
    const email = `${randomUUID()}@example.com`;
    await post(context, 'auth/sign-up/email', { name: 'Robin', email, password: 'correct horse' });
    const [face] = await makeBracket({ width: 640, height: 480, evs: [0] });
    const file = {
      name: 'face.jpg',
      mimeType: 'image/jpeg',
      buffer: Buffer.from(face?.bytes ?? []),
    };

    await page.goto(`${url()}/account`);
    await page.getByLabel('Picture: choose a file').setInputFiles(file);
    await page.getByRole('button', { name: 'Save picture' }).click();
    await expect.poll(() => isShown(page, 'header img')).toBe(true);
    const mails = page.getByRole('switch', { name: 'Comments: Mail' });
    await mails.click();
    await page.reload();
    await page.getByRole('switch', { name: 'Comments: Mail', checked: false }).waitFor();

    await page.getByRole('link', { name: /^Settings of / }).click();
    await page.getByLabel('Logo: choose a file').setInputFiles(file);
    await expect.poll(() => isShown(page, 'img[alt="The logo"]')).toBe(true);
    await page.getByLabel('Accent', { exact: true }).fill('#222222');
    await page.getByText('stands out from the background by at least 3:1').waitFor();
    await page.getByLabel('Accent', { exact: true }).fill('#4aa8ff');
    await page.getByLabel('Sender').fill('Elm Studio');
    await page.getByRole('button', { name: 'Save' }).last().click();
    await page.getByText('Branding saved').waitFor();

    await page.getByRole('link', { name: 'Webhooks' }).click();
    await addAndTestWebhook(page, axe);

    const me = await (await context.request.get(`${url()}/api/trpc/session.me`)).json();
    const organizationId = me.result.data.json.organizations[0].id;
    await context.request.post(`${url()}/api/auth/sign-out`, { headers: { origin: url() } });
    const demo = JSON.parse(readFileSync(process.env['DEMO_JSON'] ?? '', 'utf8')).photoestate;
    await post(context, 'auth/sign-in/email', { email: demo.email, password: demo.password });
    await page.goto(`${url()}/admin/credits`);
    await page.getByLabel('Search').fill(organizationId);
    const give = page.getByRole('button', { name: 'Give credits to' });
    await expect.poll(() => give.count()).toBe(1);
    await give.click();
    await page.getByRole('textbox', { name: 'Credits', exact: true }).fill('250');
    await page.getByLabel('Reason').fill('Welcome');
    await axe(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Give credits' }).click();
    await page.getByText('250 given to').waitFor();

    await context.request.post(`${url()}/api/auth/sign-out`, { headers: { origin: url() } });
    await post(context, 'auth/sign-in/email', { email, password: 'correct horse' });
    await page.goto(`${url()}/listings`);
    await page.getByRole('button', { name: 'Notifications, 1 unread' }).click();
    await page.getByText('has 250 credits more').waitFor();
    await axe(page);
    await page.getByRole('button', { name: 'Mark all as read' }).click();
    await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
    expect(problems).toEqual([]);
  },
);
