import { randomUUID } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import { createSlipway, route, type Slipway } from 'slipway/server';
import { afterAll, beforeAll, expect } from 'vitest';
import { addressOf, journey, useBrowser } from './browser.ts';
import { serveUploadPage, type UploadPage } from './upload-page.ts';

useBrowser();

let site: UploadPage;
let slipway: Slipway;
const run = randomUUID().slice(0, 8);

beforeAll(async () => {
  const apiKey = process.env['SLIPWAY_API_KEY'] ?? '';
  slipway = createSlipway({ url: addressOf('SLIPWAY_URL'), apiKey });
  site = await serveUploadPage({
    slipway: addressOf('SLIPWAY_URL'),
    apiKey,
    routes: {
      notes: route({ types: ['text/plain'], maxFiles: 5 })
        .public()
        .onComplete(({ file }) => ({ shout: file.name.toUpperCase() })),
      one: route({ maxSize: '1MB' }).public(),
    },
    plain: {
      html: `<form>
          <slipway-upload id="many" route="notes" name="notes" required paste-anywhere></slipway-upload>
          <slipway-upload id="single" route="one" name="one" variant="button"></slipway-upload>
          <button>Send</button><button type="reset">Start anew</button>
        </form>
        <fieldset disabled><legend>Off</legend><slipway-upload id="off" route="one"></slipway-upload></fieldset>
        <slipway-upload id="arabic" route="notes" lang="ar" dir="rtl"></slipway-upload>`,
      script: `
        import { ENGLISH_ELEMENT } from 'slipway/element';
        const seen = (window.seen = []);
        for (const type of ['done', 'error', 'settled'])
          document.addEventListener('slipway-' + type, ({ target, detail }) =>
            seen.push([type, target.id, detail.file?.name ?? null, detail.serverData ?? null]));
        document.querySelector('form').addEventListener('submit', (event) => {
          event.preventDefault();
          window.sent = [...new FormData(event.target)];
        });
        document.querySelector('#arabic').labels = { choose: () => 'اختر الملفات', drop: () => 'أو أفلتها هنا' };
        window.english = Object.keys(ENGLISH_ELEMENT);`,
    },
  });
});
afterAll(() => site?.close());

const text = (name: string) => ({
  ...{ name: `${run}-${name}`, mimeType: 'text/plain' },
  buffer: Buffer.from(`This is ${name}.`),
});

journey('the web component in a form of plain HTML', async ({ page, problems }) => {
  await page.goto(site.url);
  const many = page.locator('#many');
  const choose = many.getByRole('button', { name: 'Choose files' });
  await choose.waitFor();
  await many.getByText('text/plain · 5 files at once').waitFor();

  // Nothing is sent while a file is required; the form says why and shows where.
  await page.getByRole('button', { name: 'Send' }).click();
  expect(await page.evaluate(() => (window as { sent?: unknown }).sent)).toBeUndefined();
  expect(await many.evaluate((it: HTMLInputElement) => it.validationMessage)).toBe(
    'Upload at least one file.',
  );
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('many');

  await many.locator('input').setInputFiles([text('a.txt'), text('b.txt')]);
  await many.locator('[data-state=done]').nth(1).waitFor();
  await page
    .locator('#single')
    .locator('input')
    .setInputFiles([text('c.txt')]);
  await page.locator('#single [data-state=done]').waitFor();
  await page.getByRole('button', { name: 'Send' }).click();
  const sent = await page.evaluate(() => (window as { sent?: [string, string][] }).sent);
  const names = await Promise.all(
    (sent ?? []).map(async ([field, id]) => [field, (await slipway.files.get(id)).name]),
  );
  expect(names.sort()).toEqual([
    ['notes', `${run}-a.txt`],
    ['notes', `${run}-b.txt`],
    ['one', `${run}-c.txt`],
  ]);
  const seen = await page.evaluate(() => (window as unknown as { seen: unknown[][] }).seen);
  expect(seen).toContainEqual([
    ...['done', 'many', `${run}-a.txt`],
    { shout: `${run}-A.TXT`.toUpperCase() },
  ]);
  expect(seen.filter(([type]) => type === 'settled').length).toBeGreaterThanOrEqual(2);

  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);

  await page.getByRole('button', { name: 'Start anew' }).click();
  await many.locator('li').first().waitFor({ state: 'detached' });
  expect(problems).toEqual([]);
});

journey('drop, paste, refusals, keyboard, and words of another language', async ({ page }) => {
  await page.goto(site.url);
  const many = page.locator('#many');
  await many.getByRole('button', { name: 'Choose files' }).waitFor();
  const bring = (kind: 'drop' | 'paste', name: string, type: string) =>
    page.evaluate(
      ([event, file, media]) => {
        const data = new DataTransfer();
        data.items.add(new File([`This is ${file}.`], file, { type: media }));
        const init = { bubbles: true, cancelable: true, composed: true };
        const inside = document.querySelector('#many')?.shadowRoot?.querySelector('button');
        if (event === 'drop')
          inside?.dispatchEvent(new DragEvent('drop', { ...init, dataTransfer: data }));
        else
          document.body.dispatchEvent(
            new ClipboardEvent('paste', { ...init, clipboardData: data }),
          );
      },
      [kind, name, type] as const,
    );
  await bring('drop', 'dropped.txt', 'text/plain');
  await many.locator('[data-state=done]').filter({ hasText: 'dropped.txt' }).waitFor();
  await bring('paste', 'pasted.txt', 'text/plain');
  await many.locator('[data-state=done]').filter({ hasText: 'pasted.txt' }).waitFor();
  expect(await many.locator('li').count()).toBe(1);

  // What breaks a rule is told before anything is sent, and holds the form until it is taken out.
  await bring('drop', 'film.mp4', 'video/mp4');
  const refused = many.getByRole('listitem').filter({ hasText: 'film.mp4' });
  await refused.getByRole('alert').waitFor();
  const valid = () => many.evaluate((it: HTMLInputElement) => it.checkValidity());
  expect(await valid()).toBe(false);
  await refused.getByRole('button', { name: 'Remove: film.mp4' }).focus();
  await page.keyboard.press('Enter');
  await refused.waitFor({ state: 'detached' });

  const off = page.locator('#off').getByRole('button');
  expect(await off.isDisabled()).toBe(true);
  const arabic = page.locator('#arabic');
  await arabic.getByRole('button', { name: 'اختر الملفات' }).waitFor();
  const style = await arabic
    .locator('.slipway-root')
    .evaluate((it) => getComputedStyle(it).direction);
  expect(style).toBe('rtl');

  // Variables and parts reach inside.
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      '#single{--slipway-accent:rgb(1,2,3)} #single::part(button){border-radius:3px}',
    );
    document.adoptedStyleSheets = [sheet];
  });
  const button = page.locator('#single').getByRole('button');
  const look = () =>
    button.evaluate((it) => [
      getComputedStyle(it).backgroundColor,
      getComputedStyle(it).borderRadius,
    ]);
  expect(await look()).toEqual(['rgb(1, 2, 3)', '3px']);
});
