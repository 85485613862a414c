import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { journey, LONG, useBrowser, violationsOf } from './browser.ts';
import { dropFiles } from './drop-files.ts';
import { openNewProject, signUp } from './new-project.ts';
import { seedFiles } from './seed-files.ts';

useBrowser();

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

async function expectAccessible(page: Page): Promise<void> {
  expect(await violationsOf(page)).toEqual([]);
}

const row = (page: Page, name: string | RegExp) => page.getByRole('row', { name });

/** Moves the focus on until it is on what has this text. */
async function tabTo(page: Page, text: string): Promise<void> {
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
  for (let left = 10; left > 0 && !(await focused()).includes(text); left -= 1)
    await page.keyboard.press('Tab');
  expect(await focused()).toContain(text);
}

journey(
  'by keyboard alone: a project, an upload, a look at it, deleted, and back again',
  async ({ page, problems }) => {
    // As browsers ask that hand out no ways to files.
    await page.addInitScript(() => {
      Object.assign(globalThis, { showOpenFilePicker: undefined });
    });
    await signUp(page);
    await page
      .getByRole('button', { name: /new project/i })
      .first()
      .waitFor();
    await page.keyboard.press('n');
    await page.getByRole('dialog').getByLabel('Name').waitFor();
    await page.keyboard.type('Photos');
    await page.keyboard.press('Enter');
    await page.getByText(/sk_live_\w{32}/).waitFor();
    await tabTo(page, 'Open project');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/projects/prj_*');
    await page.getByText('No files yet').waitFor();
    // Before the look at the page: Chromium catches the browser's question only a moment after it is asked to.
    const question = page.waitForEvent('filechooser');
    await expectAccessible(page);

    await page.keyboard.press('u');
    const chooser = await question;
    await chooser.setFiles([
      { name: 'dot.png', mimeType: 'image/png', buffer: PNG },
      { name: 'words.txt', mimeType: 'text/plain', buffer: Buffer.from('some words') },
    ]);
    await row(page, /dot\.png/)
      .getByText('Ready')
      .waitFor();
    await row(page, /words\.txt/)
      .getByText('Ready')
      .waitFor();
    await expectAccessible(page);

    // Letters go to other pages, the palette to a file; going back closes it.
    await page.keyboard.press('g');
    await page.keyboard.press('k');
    await page.waitForURL('**/keys');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('words.t');
    await page.getByRole('option', { name: /words\.txt/ }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('some words').waitFor();
    await page.keyboard.press('Escape');
    await row(page, /dot\.png/).waitFor();

    // What the sheet of shortcuts says is what the keys do.
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('Peek').waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');

    const first = await page.getByRole('row').nth(1).getByRole('button').first().textContent();
    await page.keyboard.press('j');
    await page.keyboard.press('Space');
    await page.getByRole('dialog', { name: first ?? '' }).waitFor();
    await page.keyboard.press('Space');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    const panel = page.getByRole('dialog');
    await panel.getByText('Size, digest and type agree').waitFor();
    expect(new URL(page.url()).searchParams.get('file')).toMatch(/^file_/);
    await expectAccessible(page);
    await page.goBack();
    await panel.waitFor({ state: 'detached' });
    expect(new URL(page.url()).pathname).toMatch(/\/projects\/prj_\w+$/);

    await page.keyboard.press('Control+a');
    await page.getByText('2 chosen').waitFor();
    await page.keyboard.press('Delete');
    await page.getByText('No files yet').waitFor();
    await page.getByText('2 files deleted').waitFor();
    await page.keyboard.press('Control+z');
    await row(page, /dot\.png/)
      .getByText('Ready')
      .waitFor();
    await page.getByText('2 files restored').waitFor();
    await page.reload();
    await row(page, /words\.txt/)
      .getByText('Ready')
      .waitFor();
    expect(problems).toEqual([]);
  },
);

journey('a change that the server refuses is taken back, and said', async ({ page }) => {
  await openNewProject(page, 'Photos');
  await page.getByText('No files yet').waitFor();
  await dropFiles(page, [{ name: 'dot.png', type: 'image/png', bytes: PNG }]);
  await row(page, /dot\.png/)
    .getByText('Ready')
    .waitFor();
  await page.keyboard.press('j');
  await page.route('**/api/trpc/file.update*', (route) => route.abort());
  await page.keyboard.press('r');
  await page.getByRole('dialog').getByLabel('Name').fill('other.png');
  await page.keyboard.press('Enter');
  await page.getByText('Not renamed').waitFor();
  await row(page, /dot\.png/).waitFor();
  await page.unroute('**/api/trpc/file.update*');
  await page.getByRole('button', { name: 'Retry' }).click();
  await row(page, /other\.png/).waitFor();
  await page.reload();
  await row(page, /other\.png/).waitFor();
});

/** Elements of the list or grid, at most, while it is scrolled. */
async function scrollDown(page: Page, until: number): Promise<{ most: number; shown: number }> {
  return page.evaluate(async (wanted) => {
    let most = 0;
    let shown = 0;
    let moved = Date.now();
    let atEnd = false;
    // Once more when all are there: the last of them came below what was in sight. Nothing says how
    // long so many pages take, but that no more come is the end.
    while (!atEnd && Date.now() - moved < 30_000) {
      atEnd = shown >= wanted;
      const before = shown;
      const files = document.querySelector('[data-files]');
      const frame = files?.querySelector('[role=rowgroup] + [role=rowgroup]') ?? files;
      if (!files || !frame) break;
      frame.scrollTop = frame.scrollHeight;
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 10)));
      most = Math.max(most, files.querySelectorAll('*').length);
      const count = [...document.querySelectorAll('p[aria-live]')].map((p) => p.textContent ?? '');
      shown = Number(/^(\d+) files/.exec(count.find((text) => /^\d+ files/.test(text)) ?? '')?.[1]);
      if (!Object.is(shown, before)) moved = Date.now();
    }
    return { most, shown };
  }, until);
}

journey(
  '50,000 files: the list and the grid keep fewer than 400 elements',
  async ({ page }) => {
    const projectId = await openNewProject(page, 'Photos');
    await page.getByText('No files yet').waitFor();
    await seedFiles(projectId, 50_000);
    await page.reload();
    await row(page, /photo-000001/).waitFor();
    const list = await scrollDown(page, 50_000);
    expect(list.shown).toBe(50_000);
    expect(list.most).toBeLessThan(400);
    await row(page, /photo-050000/).waitFor();
    // The same files are there as cards, without being asked for again.
    await page.keyboard.press('v');
    await page.getByRole('option', { name: /photo-000001/ }).waitFor();
    const grid = await scrollDown(page, 50_000);
    expect(grid.most).toBeLessThan(400);
    await expectAccessible(page);
  },
  LONG,
);
