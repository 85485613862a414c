import { readFileSync } from 'node:fs';
import { createSlipway, type SlipwayFile } from 'slipway/server';
import { expect } from 'vitest';
import { addressOf, journey, useBrowser } from './browser.ts';

useBrowser();

const CALL = `fetch('/canary'); top.pwned = true; document.title = 'pwned';`;
const PAGE = `<!doctype html><title>page</title><script>${CALL}</script>`;
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="${CALL}"><script>${CALL}</script></svg>`;

/** One white pixel, and a page behind it. */
const POLYGLOT = Buffer.concat([
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
  Buffer.from(PAGE),
]);

const slipway = () =>
  createSlipway({
    url: addressOf('SLIPWAY_URL'),
    apiKey: process.env['SLIPWAY_API_KEY'] ?? '',
  });

/** A document that does something as soon as it is opened. */
function pdf(script: string): Buffer {
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (${script.replace(/[()\\]/g, '\\$&')}) >> >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] >>',
  ];
  const body = objects.map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`).join('');
  return Buffer.from(`%PDF-1.4\n${body}trailer << /Size 4 /Root 1 0 R >>\n%%EOF`);
}

async function urlOf(name: string, type: string, content: string | Buffer): Promise<string> {
  const bytes = new Uint8Array(Buffer.from(content));
  const file: SlipwayFile = await slipway().upload(bytes, { name, type });
  return (await slipway().files.url(file.id)).url;
}

journey('nothing that was uploaded runs where people are signed in', async ({ page, context }) => {
  const calls: string[] = [];
  context.on('request', (request) => {
    if (request.url().includes('canary')) calls.push(request.url());
  });
  const home = `${addressOf('SLIPWAY_URL')}/sign-in`;
  const files = {
    html: await urlOf('a.html', 'text/html', PAGE),
    svg: await urlOf('a.svg', 'image/svg+xml', SVG),
    any: await urlOf('a', 'application/octet-stream', PAGE),
    js: await urlOf('a.js', 'text/javascript', CALL),
    png: await urlOf('a.png', 'image/png', POLYGLOT),
  };

  // Opened: saved, not shown.
  for (const url of [files.html, files.svg, files.any, files.js]) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page
        .goto(url)
        .catch((error: Error) => expect(error.message).toMatch(/download|ERR_ABORTED/i)),
    ]);
    await download.cancel();
  }

  // A picture is shown as a picture, in an origin of its own: it reads no cookies.
  await context.addCookies([{ name: 'secret', value: '1', url: home }]);
  await page.goto(files.png);
  expect(await page.evaluate(() => document.contentType)).toBe('image/png');
  expect(await page.title()).not.toContain('pwned');
  const cookies = page.evaluate(() => document.cookie);
  await expect(cookies).rejects.toThrow(/sandbox/);

  // Embedded in a page of ours: neither a frame, nor a script, nor a service worker of it.
  await page.goto(home);
  await page.evaluate(async (urls) => {
    const add = (tag: string, attributes: Record<string, string>) =>
      new Promise<void>((resolve) => {
        const element = Object.assign(document.createElement(tag), attributes);
        element.onload = () => resolve();
        element.onerror = () => resolve();
        document.body.append(element);
        setTimeout(resolve, 500);
      });
    for (const url of Object.values(urls)) {
      await add('iframe', { src: url });
      await add('object', { data: url });
      await add('embed', { src: url });
      await add('img', { src: url });
      await add('script', { src: url });
    }
    await navigator.serviceWorker?.register(urls.js).catch(() => undefined);
  }, files);
  const found = await page.evaluate(async () => ({
    pwned: 'pwned' in window,
    workers: (await navigator.serviceWorker?.getRegistrations())?.length ?? 0,
  }));
  expect(found).toEqual({ pwned: false, workers: 0 });
  expect(calls).toEqual([]);
});

journey('nothing runs of what is looked at in the dashboard', async ({ page, context }) => {
  const calls: string[] = [];
  context.on('request', (request) => {
    if (request.url().includes('canary')) calls.push(request.url());
  });
  const { slipway: demo } = JSON.parse(readFileSync(process.env['DEMO_JSON'] ?? '', 'utf8'));
  await page.goto(`${demo.url}/sign-in`);
  await page.getByLabel('E-mail').fill(demo.email);
  await page.getByLabel('Password', { exact: true }).fill(demo.password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/dashboard');
  const look = async (name: string, type: string, content: string | Buffer) => {
    const bytes = new Uint8Array(Buffer.from(content));
    const { id } = await slipway().upload(bytes, { name, type });
    await page.goto(`${demo.url}/projects/${demo.projectId}?file=${id}`);
    return page.getByRole('dialog', { name });
  };
  const script = `${CALL} this.getURL('${demo.url}/canary'); app.launchURL('${demo.url}/canary');`;
  const paper = await look('paper.pdf', 'application/pdf', pdf(script));
  const frame = paper.locator('iframe[title="paper.pdf"]');
  await frame.waitFor();
  expect(await frame.getAttribute('src')).toMatch(/^blob:/);
  // A page with the mark of a PDF in it, which is all that looking at the first bytes asks for.
  const both = await look('both.pdf', 'application/pdf', `%PDF-1.4\n${PAGE}`);
  await both.locator('iframe').waitFor();
  await (await look('page.html', 'text/html', PAGE)).getByText('<!doctype html>').waitFor();
  await (await look('shape.svg', 'image/svg+xml', SVG)).getByRole('img').waitFor();
  await page.waitForTimeout(1_000);
  expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
  expect(await page.title()).not.toContain('pwned');
  expect(calls).toEqual([]);
});
