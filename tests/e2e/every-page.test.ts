import { readFileSync } from 'node:fs';
import type { BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { addressOf, journey, LONG, sidewaysOf, useBrowser, violationsOf } from './browser.ts';
import { furnishStudio } from './furnish-studio.ts';
import { PAGES, type Place, STUDIO_PAGES } from './pages.ts';

useBrowser();

const url = () => addressOf('SLIPWAY_URL');

/** The account of the demo, which is the first and so may see everything. */
async function signIn(context: BrowserContext): Promise<void> {
  const { slipway } = JSON.parse(readFileSync(process.env['DEMO_JSON'] ?? '', 'utf8'));
  const { email, password } = slipway;
  const response = await context.request.post(`${url()}/api/auth/sign-in/email`, {
    headers: { origin: url() },
    data: { email, password },
  });
  expect(response.status()).toBe(200);
}

async function call<T>(context: BrowserContext, path: string, input?: object): Promise<T> {
  const at = `${url()}/api/trpc/${path}`;
  const response = await (input === undefined
    ? context.request.get(at)
    : context.request.post(at, { headers: { origin: url() }, data: { json: input } }));
  expect(response.status(), path).toBe(200);
  return (await response.json()).result.data.json;
}

const NOWHERE: Place = {
  organizationId: '',
  projectId: '',
  webhookId: '',
  invitation: '',
  docs: [],
};

/** A project with something of everything that pages list. */
async function furnish(context: BrowserContext): Promise<Place> {
  const me = await call<{ organizations: { id: string }[] }>(context, 'session.me');
  const organizationId = me.organizations[0]?.id ?? '';
  const { project, key } = await call<{ project: { id: string }; key: string }>(
    context,
    'project.create',
    { organizationId, name: 'Looked at' },
  );
  const api = (path: string, data: object) =>
    context.request.post(`${url()}/api/${path}`, {
      headers: { authorization: `Bearer ${key}` },
      data,
    });
  const text = { name: 'words.txt', size: 5, type: 'text/plain', tags: ['invoice'] };
  const ticket = await (await api('upload-url', text)).json();
  await context.request.fetch(ticket.url, { ...ticket, data: Buffer.from('words') });
  expect((await api('upload-complete', { id: ticket.id })).status()).toBe(200);
  const tooLarge = { ...text, rules: { maxSize: 1 } };
  expect((await api('upload-url', tooLarge)).status()).toBe(422);
  const webhook = await (await api('webhooks', { url: 'http://127.0.0.1:9/hooks' })).json();
  await api(`webhooks/${webhook.id}/test`, {});
  const invited = { organizationId, email: 'ann@example.com', role: 'viewer' };
  const { url: link } = await call<{ url: string }>(context, 'member.invite', invited);
  return {
    organizationId,
    projectId: project.id,
    webhookId: webhook.id,
    invitation: new URL(link, url()).href.slice(url().length),
    docs: [],
  };
}

/** The page as it is when nothing more is to come. */
async function open(page: Page, address: string): Promise<void> {
  await page.goto(address, { waitUntil: 'domcontentloaded' });
  await page.locator('h1').first().waitFor({ state: 'attached' });
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
}

/** What axe finds on them, and what scrolls sideways. One after the other: what is not in front stands still in the middle of its transitions. */
async function walk(page: Page, paths: readonly string[], base = url()): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    await open(page, `${base}${path}`);
    // Thousands of words in the five colours that code has on every other page.
    const exclude = path === '/docs/reference/sdk' ? 'pre' : undefined;
    const all = [...(await violationsOf(page, exclude)), ...(await sidewaysOf(page))];
    found.push(...all.map((text) => `${path} ${text}`));
  }
  return found;
}

/** The ground that a gallery stands on, and whether anything of it names the studio. */
async function lookOf(page: Page, address: string): Promise<[string, boolean]> {
  await open(page, address);
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  return [ground, (await page.content()).includes('Elm Studio')];
}

const at = (place: Place, isWanted: (path: string) => boolean) =>
  Object.values(PAGES)
    .flatMap((addresses) => addresses(place))
    .filter(isWanted);
/** Nobody who is signed in sees these, or sees them as others do. */
const isForStrangers = (path: string) => /^\/(sign-|forgot-|reset-|docs|g\/|$)/.test(path);

journey(
  'axe finds nothing on open pages, light or dark, and none scrolls sideways at 320 px',
  async ({ page, context, problems }) => {
    const llms = await (await context.request.get(`${url()}/llms.txt`)).text();
    const docs = [...llms.matchAll(/\]\([^)]*?(\/docs[^)]*)\)/g)].map(([, path = '']) => path);
    const place = { ...NOWHERE, docs: docs.filter((path) => !(path in PAGES)) };
    expect(place.docs.length).toBeGreaterThan(20);
    expect(await walk(page, at(place, isForStrangers))).toEqual([]);
    expect(problems).toEqual([]);
  },
  LONG,
);

journey(
  'nor on those of a member, of a project with something of everything',
  async ({ page, context, problems }) => {
    await signIn(context);
    const place = await furnish(context);
    expect(
      await walk(
        page,
        at(place, (path) => !isForStrangers(path)),
      ),
    ).toEqual([]);
    // Two of them are about things that are not there.
    expect(problems.filter((text) => !/\b404\b/.test(text))).toEqual([]);
  },
  LONG,
);

journey(
  'nor on any page of a studio, of its clients, and of those who find neither',
  async ({ page, context, problems }) => {
    const studio = await furnishStudio(context);
    // Dark is what it is unless somebody chose otherwise.
    await context.addInitScript(() => localStorage.setItem('theme', 'system'));
    const paths = Object.values(STUDIO_PAGES).flatMap((addresses) => addresses(studio));
    const base = addressOf('PHOTOESTATE_URL');
    const inside = paths.filter((path) => !isForStrangers(path));
    expect(await walk(page, inside, base)).toEqual([]);
    await context.clearCookies();
    expect(await walk(page, paths.filter(isForStrangers), base)).toEqual([]);
    const [branded = '', unbranded = ''] = studio.galleries;
    expect(await lookOf(page, `${base}${branded}`)).toEqual(['rgb(16, 36, 58)', true]);
    expect(await lookOf(page, `${base}${unbranded}`)).toEqual([
      expect.not.stringContaining('16, 36'),
      false,
    ]);
    // Some of them are about things that are not there.
    expect(problems.filter((text) => !/\b404\b/.test(text))).toEqual([]);
  },
  LONG,
);
