import AxeBuilder from '@axe-core/playwright';
import { route } from 'slipway/server';
import { afterAll, beforeAll, expect } from 'vitest';
import { addressOf, journey, useBrowser } from './browser.ts';
import { serveUploadPage, type UploadPage } from './upload-page.ts';

useBrowser();

const notes = route({ types: ['text/plain'], minSize: 2, maxFiles: 2 })
  .public()
  .onComplete(({ file }) => `stored as ${file.name}`);

/** A page of somebody who brings all looks himself. */
const HEADLESS = `
  import { createRoot } from 'react-dom/client';
  import { createUploadComponents } from 'slipway/react';
  const { useUpload } = createUploadComponents();
  function Notes() {
    const { items, rules, add, progress } = useUpload({ route: 'notes' });
    return <>
      <label>Notes <input type="file" multiple={rules?.maxFiles !== 1} onChange={(event) => add(event.target.files)} /></label>
      <progress aria-label="All" value={progress} />
      <ol>{items.map(({ key, state, error, serverData }) => <li key={key}>{state}: {error?.message ?? serverData}</li>)}</ol>
    </>;
  }
  createRoot(document.getElementById('root')).render(<Notes />);`;

let pages: readonly UploadPage[] = [];

beforeAll(async () => {
  const common = {
    slipway: addressOf('SLIPWAY_URL'),
    apiKey: process.env['SLIPWAY_API_KEY'] ?? '',
    routes: { notes },
  };
  pages = [
    // With no styles allowed at all: the hook brings none.
    await serveUploadPage({ ...common, plain: { html: '', script: HEADLESS } }),
    await serveUploadPage({
      ...common,
      jsx: `<div style={{ '--slipway-accent': 'rgb(1, 2, 3)', '--slipway-radius': '3px' }}>
        <UploadButton route="notes" labels={{ choose: () => 'Dateien wählen' }} lang="de"
          appearance={{ button: { padding: 20 } }} />
      </div>`,
    }),
  ];
});
afterAll(async () => {
  for (const page of pages) await page.close();
});

journey('the hook alone uploads, with the page’s own look', async ({ page, problems }) => {
  await page.goto(pages[0]?.url ?? '');
  const files = ['ab', 'a'].map((content, index) => ({
    ...{ name: `${index}.txt`, mimeType: 'text/plain', buffer: Buffer.from(content) },
  }));
  await page.getByLabel('Notes').setInputFiles(files);
  await page.getByText('done: stored as 0.txt').waitFor();
  await page.getByText('error: “1.txt” is 1 B. The least is 2 B.').waitFor();
  expect(await page.locator('style, link[rel=stylesheet], [class^=slipway]').count()).toBe(0);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  expect(problems).toEqual([]);
});

journey('the button takes colours, shapes and words, and no stylesheet', async ({ page }) => {
  await page.goto(pages[1]?.url ?? '');
  const button = page.getByRole('button', { name: 'Dateien wählen' });
  await button.waitFor();
  expect(
    await button.evaluate((node) => {
      const { backgroundColor, borderRadius, paddingLeft } = getComputedStyle(node);
      return [backgroundColor, borderRadius, paddingLeft];
    }),
  ).toEqual(['rgb(1, 2, 3)', '3px', '20px']);
  expect(await page.locator('link[rel=stylesheet]').count()).toBe(0);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
});
