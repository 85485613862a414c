import { gzipSync } from 'node:zlib';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { zipBomb, zipOf } from './hostile/archives.ts';
import { type Canary, startCanary } from './hostile/canary.ts';
import { activeFiles, passiveFiles, type Traps } from './hostile/corpus.ts';
import { type Customer, type File, newCustomer, type Specimen } from './hostile/customer.ts';
import { type GuardedStack, startGuardedStack } from './hostile/guarded-stack.ts';
import { pdfAndZip } from './hostile/polyglots.ts';
import { expectUnharmed, processStart } from './hostile/process.ts';
import { visit } from './hostile/visit.ts';

const plainUrl = process.env['SLIPWAY_URL'] ?? '';

let browser: Browser;
let canary: Canary;
let guarded: GuardedStack;
let traps: Traps;

beforeAll(async () => {
  const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  browser = await chromium.launch({ executablePath });
  canary = await startCanary();
  traps = { call: `alert(1),fetch('${canary.url}/ran')`, home: canary.url };
  guarded = await startGuardedStack();
}, 240_000);

afterAll(async () => {
  process.env['SLIPWAY_URL'] = plainUrl;
  await browser?.close();
  // Also of what came late.
  expect(canary?.heard).toEqual([]);
  await canary?.close();
  await guarded?.stop();
});

interface Stored {
  specimen: Specimen;
  file: File;
}

/** A browser in which somebody is signed in to Slipway. */
async function signedIn({ account }: Customer, url: string): Promise<BrowserContext> {
  const context = await browser.newContext({ acceptDownloads: true });
  const cookies = account.cookie.split('; ').map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return { name, value: value.join('='), url };
  });
  // One that every script could read, and would send home.
  await context.addCookies([...cookies, { name: 'secret', value: 'canary', url }]);
  return context;
}

const storeAll = async (customer: Customer, specimens: Specimen[]): Promise<Stored[]> => {
  const stored: Stored[] = [];
  for (const specimen of specimens) stored.push({ specimen, file: await customer.store(specimen) });
  return stored;
};

describe.each([
  ['where everything else is', () => ({ url: plainUrl, filesUrl: plainUrl })],
  ['on a host of their own', () => guarded],
])('files %s, in a browser', (_, stackOf) => {
  let customer: Customer;
  let context: BrowserContext;
  let page: Page;
  let filesUrl: string;

  beforeAll(async () => {
    const { url, ...stack } = stackOf();
    ({ filesUrl } = stack);
    process.env['SLIPWAY_URL'] = url;
    customer = await newCustomer({ scan: 'off' });
    context = await signedIn(customer, url);
    page = await context.newPage();
  });
  afterAll(() => context?.close());

  test('the canary hears what does run, and a visit sees it', async () => {
    const { heard } = canary;
    const before = heard.length;
    const seen = await visit(page, canary.page(`<script>${traps.call}</script>`));
    expect(seen).toMatchObject({ got: 'page', dialogs: 1 });
    expect(heard.splice(before)).toHaveLength(1);
  });

  test('what may run is saved, and does not', async () => {
    const stored = await storeAll(customer, await activeFiles(traps));
    for (const [index, { specimen, file }] of stored.entries()) {
      const { body: signed } = await customer.call(`/files/${file.id}/url`);
      const address = index % 2 === 0 ? file.url : signed.url;
      expect(new URL(address).origin).toBe(filesUrl);
      const seen = await visit(page, address);
      expect(seen, specimen.name).toMatchObject({ got: 'download', dialogs: 0, more: [] });
    }
    expect(canary.heard).toEqual([]);
  });

  test('what is shown runs nothing and knows nothing of who looks at it', async () => {
    for (const { specimen, file } of await storeAll(customer, await passiveFiles(traps))) {
      const seen = await visit(page, file.url);
      expect(seen.dialogs, specimen.name).toBe(0);
      // Chromium shows no tables.
      if (specimen.type === 'text/csv' && seen.got === 'download') continue;
      expect(seen, specimen.name).toMatchObject({
        got: 'page',
        dialogs: 0,
        cookies: 'denied',
        origin: 'null',
      });
      // A browser asks by itself for the icon of a page, and again for the film or sound in it.
      const others = seen.more.filter(
        (more) => !more.endsWith('/favicon.ico') && more !== file.url,
      );
      expect(others, specimen.name).toEqual([]);
    }
    expect(canary.heard).toEqual([]);
  });

  test('nor does any of it in another page, however it is put there', async () => {
    const specimens = [...(await activeFiles(traps)), ...(await passiveFiles(traps))];
    const stored = await storeAll(customer, specimens);
    // Who puts these into a page of theirs has run or styled nothing but that page.
    const isPage = ({ type }: Specimen) => !['text/javascript', 'text/css'].includes(type);
    const places = stored
      .filter(({ specimen }) => isPage(specimen))
      .flatMap(({ file }) => [
        `<iframe src="${file.url}"></iframe>`,
        `<object data="${file.url}"></object>`,
        `<embed src="${file.url}">`,
        `<img src="${file.url}">`,
        `<link rel="stylesheet" href="${file.url}">`,
      ]);
    for (let start = 0; start < places.length; start += 25) {
      const html = `<!doctype html>${places.slice(start, start + 25).join('\n')}`;
      expect((await visit(page, canary.page(html))).dialogs).toBe(0);
    }
    expect(canary.heard).toEqual([]);
  });

  test('a picture is no script for anybody, though its bytes are one', async () => {
    const stored = await storeAll(customer, await passiveFiles(traps));
    const scripts = stored.map(({ file }) => `<script src="${file.url}"></script>`).join('');
    const seen = await visit(page, canary.page(`<!doctype html>${scripts}`));
    expect(seen).toMatchObject({ got: 'page', dialogs: 0 });
    expect(canary.heard).toEqual([]);
  });
});

test('where people are signed in no file is a script, not even of a page of ours, nor a worker', async () => {
  process.env['SLIPWAY_URL'] = plainUrl;
  const customer = await newCustomer();
  const page = await browser.newPage();
  const specimens = [...(await activeFiles(traps)), ...(await passiveFiles(traps))];
  const stored = await storeAll(customer, specimens);
  const own = `${plainUrl}/a-page-with-a-hole`;
  const scripts = stored.map(({ file }) => `<script src="${file.url}"></script>`).join('');
  await page.route(own, (route) =>
    route.fulfill({ contentType: 'text/html', body: `<!doctype html>${scripts}` }),
  );
  expect(await visit(page, own)).toMatchObject({ got: 'page', dialogs: 0 });
  const registered = await page.evaluate(
    (urls) =>
      Promise.all(
        urls.map((url) =>
          navigator.serviceWorker.register(url, { scope: new URL('.', url).href }).then(
            () => url,
            () => null,
          ),
        ),
      ),
    stored.map(({ file }) => file.url),
  );
  expect(registered.filter((address) => address !== null)).toEqual([]);
  expect(canary.heard).toEqual([]);
  await page.close();
});

describe('a host of their own', () => {
  let customer: Customer;

  beforeAll(async () => {
    process.env['SLIPWAY_URL'] = guarded.url;
    customer = await newCustomer({ scan: 'off' });
  });

  test('gets no cookie of those who are signed in, and gives none', async () => {
    const context = await signedIn(customer, guarded.url);
    const bytes = Buffer.from('words');
    const file = await customer.store({ name: 'a.txt', type: 'text/plain', bytes });
    const elsewhere = file.url.replace(guarded.filesUrl, guarded.url);
    const page = await context.newPage();
    const home = await visit(page, `${guarded.url}/livez`);
    expect(home.sentCookies).toContain('secret=canary');
    const seen = await visit(page, file.url);
    expect(seen).toMatchObject({ got: 'page', cookies: 'denied' });
    expect(seen.sentCookies).toBeUndefined();
    const moved = await fetch(elsewhere, { redirect: 'manual' });
    expect(moved.status).toBe(307);
    expect(moved.headers.get('location')).toBe(file.url);
    expect(await context.cookies(guarded.filesUrl)).toEqual([]);
    await context.close();
  });

  test('has no pages, no API and no sign-in', async () => {
    for (const path of ['/', '/sign-in', '/dashboard', '/api/project', '/api/auth/get-session']) {
      const answer = await fetch(`${guarded.filesUrl}${path}`, { redirect: 'manual' });
      expect(answer.status, path).toBe(404);
      expect(answer.headers.get('set-cookie')).toBeNull();
    }
  });
});

describe('with a scanner', () => {
  let customer: Customer;
  let startedAt: string;

  beforeAll(async () => {
    process.env['SLIPWAY_URL'] = guarded.url;
    startedAt = await processStart();
    customer = await newCustomer({ scan: 'required' });
  });

  test('EICAR is refused, however it is packed and whatever it is called', async () => {
    const { eicar } = guarded;
    const packed = zipOf([{ name: 'a.com', content: eicar }]);
    const twice = zipOf([{ name: 'a.zip', content: packed }]);
    const specimens: Specimen[] = [
      { name: 'a.com', type: 'application/octet-stream', bytes: eicar },
      { name: 'a.txt', type: 'text/plain', bytes: eicar },
      { name: 'a.zip', type: 'application/zip', bytes: packed },
      { name: 'b.zip', type: 'application/zip', bytes: twice },
      { name: 'a.pdf', type: 'application/pdf', bytes: pdfAndZip(packed) },
      { name: 'a.html', type: 'text/html', bytes: Buffer.from(`<!doctype html><!--${eicar}-->`) },
    ];
    for (const specimen of specimens) {
      const outcome = await customer.upload(specimen);
      expect(outcome, specimen.name).toMatchObject({ end: 'rejected', code: 'infected' });
      const id = 'id' in outcome ? outcome.id : '';
      const { body } = await customer.call(`/files/${id}`);
      expect(body).toMatchObject({ status: 'rejected', scan: 'infected', url: null });
      expect((await fetch(`${guarded.filesUrl}/f/${body.key}`)).status).toBe(404);
      expect((await customer.call(`/files/${id}/url`)).status).toBe(409);
    }
  });

  test('what nobody can look into is never called clean, and harms nobody', async () => {
    const behindZeros = Buffer.concat([Buffer.alloc(105 * 1024 ** 2), guarded.eicar]);
    const bombs: [string, Buffer, string][] = [
      ['deep.zip', zipBomb({ levels: 30, copies: 1, leafBytes: 1000 }), 'not_scannable'],
      ['large.gz', gzipSync(Buffer.alloc(500_000_000)), 'not_scannable'],
      ['large.zip', zipOf([{ name: 'a', content: Buffer.alloc(500_000_000) }]), 'not_scannable'],
      ['hidden.zip', zipOf([{ name: 'a', content: behindZeros }]), 'infected'],
    ];
    for (const [name, bytes, code] of bombs) {
      const type = name.endsWith('zip') ? 'application/zip' : 'application/gzip';
      const outcome = await customer.upload({ name, type, bytes });
      expect(outcome, name).toMatchObject({ end: 'rejected', code });
    }
    // So often the same that it is looked into once, though it would be a terabyte.
    const wide = zipBomb({ levels: 5, copies: 16, leafBytes: 1024 ** 2 });
    const outcome = await customer.upload({ name: 'a.zip', type: 'application/zip', bytes: wide });
    expect(outcome.end === 'ready' ? outcome.file.scan : outcome.code).toMatch(
      /^(clean|not_scannable)$/,
    );
    const harmless = await customer.store({
      name: 'a.txt',
      type: 'text/plain',
      bytes: Buffer.from('harmless'),
    });
    expect(harmless).toMatchObject({ status: 'ready', scan: 'clean' });
    await expectUnharmed(startedAt);
  });
});
