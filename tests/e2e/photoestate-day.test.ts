import { randomUUID } from 'node:crypto';
import { truncatedJpeg, unzip } from '@repo/engine/test-pictures';
import type { BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { addressOf, journey, LONG, useBrowser } from './browser.ts';
import { type DroppedFile, dropFiles } from './drop-files.ts';
import { createListing } from './photoestate-account.ts';
import { bracket, scenes } from './studio.ts';

useBrowser();

const url = () => addressOf('PHOTOESTATE_URL');
const SMALL = { width: 480, height: 320 };
const PHONE = {
  ...{ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  ...{ acceptDownloads: true, reducedMotion: 'reduce' },
} as const;

async function signUp(page: Page, { name, email }: { name: string; email: string }) {
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page.getByRole('button', { name: 'Create account' }).click();
}

/** The link that the admin sends on. */
async function invite(page: Page, { email, role }: { email: string; role: string }) {
  await page.getByRole('button', { name: /^Invite/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Mail address').fill(email);
  await dialog.getByLabel('Role').selectOption({ label: role });
  await dialog.getByRole('button', { name: 'Create invitation' }).click();
  const link = await dialog.locator('code').innerText();
  await dialog.getByRole('button', { name: 'Done' }).click();
  return link;
}

async function openPage(context: BrowserContext, options: object): Promise<Page> {
  const own = await context.browser()?.newContext(options);
  if (!own) throw new Error('there is no browser');
  const page = await own.newPage();
  page.setDefaultTimeout(30_000);
  return page;
}

/** From an invitation to the page that it leads to. */
async function join(page: Page, link: string, person: { name: string; email: string }) {
  await page.goto(link);
  await page.getByRole('link', { name: 'Create an account' }).click();
  await signUp(page, person);
  await page.getByRole('button', { name: `Join as ${person.email}` }).click();
}

/** Three brackets of five, four photos alone of which one has another size, and one that broke off. */
async function card(): Promise<DroppedFile[]> {
  const shots = await Promise.all([
    ...[31, 32, 33].map((seed) => bracket([0, -2, 2, -4, 4], seed, SMALL)),
    ...[34, 35, 36].map((seed) => bracket([0], seed, SMALL)),
    bracket([0], 37, { width: 360, height: 320 }),
  ]);
  const { name, bytes } = await truncatedJpeg();
  return [...shots.flat(), { name, bytes, type: 'image/jpeg' }];
}

journey(
  'a day: a team is invited, a shoot is enhanced, compared and delivered, and the client takes it home',
  async ({ page: admin, context, problems }) => {
    const people = {
      robin: { name: 'Robin', email: `${randomUUID()}@example.com` },
      alex: { name: 'Alex', email: `${randomUUID()}@example.com` },
      kim: { name: 'Kim', email: `${randomUUID()}@example.com` },
    };
    await admin.goto(`${url()}/sign-up`);
    await signUp(admin, people.robin);
    await admin.waitForURL('**/listings');
    await admin.getByRole('button', { name: 'Account: Robin' }).click();
    await admin.getByRole('menuitem', { name: 'Organization' }).click();
    await admin.getByRole('link', { name: 'Members' }).click();
    const asAgent = await invite(admin, { email: people.alex.email, role: 'Agent' });
    const asClient = await invite(admin, { email: people.kim.email, role: 'Client' });

    const agent = await openPage(context, { viewport: { width: 1440, height: 900 } });
    await join(agent, asAgent, people.alex);
    await agent.waitForURL('**/listings');
    await createListing(agent, '123 Main St.');
    await dropFiles(agent, await card());
    await agent.getByText('is incomplete').first().waitFor({ timeout: 120_000 });
    await expect
      .poll(() => scenes(agent), { timeout: 120_000 })
      .toEqual([...Array(4).fill('1 exposure'), ...Array(3).fill('5 exposures')]);
    await agent.getByRole('button', { name: 'Close uploads' }).click();

    // By keyboard the photo of another size is put to one it does not fit.
    const cards = agent.getByRole('list', { name: 'Scenes' }).locator('> li');
    await cards.nth(6).locator('[data-photo]').first().focus();
    await agent.keyboard.press('m');
    await agent.getByRole('menuitem', { name: 'Scene 6' }).click();
    await expect.poll(() => scenes(agent)).toContain('2 exposures');

    // A look before it costs, and then all.
    await agent.getByRole('button', { name: 'Enhance: Scene 1' }).click();
    await agent.getByRole('menuitem', { name: /^Adjust and preview/ }).click();
    await agent
      .getByRole('dialog')
      .getByRole('img', { name: 'Scene 1, preview' })
      .waitFor({ timeout: 60_000 });
    await agent.keyboard.press('Escape');
    await agent.getByRole('button', { name: 'Enhance all' }).click();
    await agent.getByRole('menuitem', { name: /^Natural/ }).click();
    const batch = agent.getByRole('list', { name: 'Batches' }).getByRole('listitem').first();
    await batch.getByText('5 of 6 scenes finished, 1 failed').waitFor({ timeout: 240_000 });
    await batch.getByText('5 credits spent · 1 credit given back').waitFor();
    await batch.getByText('must have the same size').waitFor();

    // The grouping is put right by keyboard; what is left is enhanced.
    await cards.nth(5).locator('[data-photo]').nth(1).focus();
    await agent.keyboard.press('m');
    await agent.getByRole('menuitem', { name: 'A new scene' }).click();
    await expect.poll(() => scenes(agent)).not.toContain('2 exposures');
    await agent.getByRole('button', { name: 'Enhance all' }).click();
    await agent.getByRole('menuitem', { name: /^Natural/ }).click();
    await agent.getByText('7 finished').waitFor({ timeout: 120_000 });

    // Cards far from the window are not in the document.
    await agent.evaluate(() => window.scrollTo({ top: 0 }));
    await agent.getByRole('link', { name: 'Compare Scene 1' }).click();
    await agent.getByRole('slider', { name: 'Original and result' }).press('ArrowRight');
    await agent.goBack();

    // Small pictures are softer than what is handed over unseen: somebody looks, and takes them.
    await agent.getByRole('link', { name: /^Review\s*3\s*photos need it$/ }).click();
    await agent.getByRole('heading', { name: /^Review\s*3$/ }).waitFor();
    // A slip is taken back.
    await agent.keyboard.press('a');
    await agent.getByRole('heading', { name: /^Review\s*2$/ }).waitFor();
    await agent.keyboard.press('Control+z');
    for (const waiting of [3, 2, 1]) {
      await agent.getByRole('heading', { name: new RegExp(`^Review\\s*${waiting}$`) }).waitFor();
      await agent.keyboard.press('a');
      await agent
        .getByText('Accepted, it may be delivered')
        .nth(3 - waiting)
        .waitFor();
    }
    await agent.getByRole('heading', { name: 'Nothing needs review' }).waitFor();
    await agent.goBack();

    await agent.getByRole('link', { name: 'Deliver' }).click();
    await agent.getByLabel('What Scene 1 shows').fill('Kitchen');
    await agent.getByLabel('Mail to').fill(people.kim.email);
    await agent.getByRole('button', { name: 'Deliver 7 photos' }).click();
    const address = await agent.getByLabel('Link for clients').inputValue();

    const phone = await openPage(context, PHONE);
    await phone.goto(address);
    await phone.getByRole('heading', { level: 1, name: '123 Main St.' }).waitFor();
    await phone.getByRole('button', { name: 'Favourite: Kitchen' }).click();
    await phone.getByRole('button', { name: 'Open Kitchen' }).click();
    await phone.getByRole('button', { name: /^Comments and answer/ }).click();
    await phone.getByLabel('Comment on this photo').fill('Lovely light');
    await phone.getByLabel('Your name').fill('Kim');
    await phone.getByRole('button', { name: 'Send comment' }).click();
    await phone.getByRole('article').getByText('Lovely light', { exact: true }).waitFor();
    await phone.keyboard.press('Escape');
    await phone.getByRole('button', { name: 'Approve all photos' }).click();
    await phone.getByText('Approved', { exact: true }).waitFor();
    await phone.getByRole('button', { name: 'Download' }).click();
    await phone.getByText('All photos, one archive').waitFor({ timeout: 120_000 });
    const waiting = phone.waitForEvent('download');
    await phone.getByRole('menuitem', { name: 'Full size' }).click();
    const entries = await unzip(await (await waiting).path());
    expect(entries.map(({ name }) => name)).toEqual([
      '123-main-st-01-kitchen.jpg',
      ...[2, 3, 4, 5, 6, 7].map((number) => `123-main-st-0${number}.jpg`),
    ]);
    const sizes = await Promise.all(
      entries.map(async (entry) => sizeOf(phone, await entry.bytes())),
    );
    expect(sizes.slice(0, 6)).toEqual(Array(6).fill(SMALL));
    expect(sizes[6]).toEqual({ width: 360, height: 320 });

    // The invited client sees what was delivered, and no studio around it.
    const client = await openPage(context, PHONE);
    await join(client, asClient, people.kim);
    await client.waitForURL('**/delivered');
    await client.getByRole('link', { name: /123 Main St/ }).waitFor();
    expect(await client.getByRole('button', { name: 'New listing' }).count()).toBe(0);
    await agent.getByRole('article').getByText('Lovely light', { exact: true }).waitFor();
    expect(problems).toEqual([]);
  },
  LONG,
);

/** As a browser sees it. */
async function sizeOf(page: Page, jpeg: Uint8Array): Promise<{ width: number; height: number }> {
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const { width, height } = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
    return { width, height };
  }, Buffer.from(jpeg).toString('base64'));
}
