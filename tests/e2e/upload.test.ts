import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page, Route } from 'playwright-core';
import { expect } from 'vitest';
import { addressOf, journey, useBrowser, violationsOf } from './browser.ts';
import { mostElements, watchElements } from './count-elements.ts';
import { dropFiles } from './drop-files.ts';
import { openNewProject } from './new-project.ts';
import { createListing, signUp } from './photoestate-account.ts';
import { bracket, scenes } from './studio.ts';

useBrowser();

const tray = (page: Page) => page.getByRole('region', { name: 'Uploads' });

/** Lets nothing through to this place until the page is gone. */
async function hold(page: Page, place: RegExp, when: (route: Route) => boolean): Promise<void> {
  await page.route(place, (route) => (when(route) ? undefined : route.continue()));
}

journey(
  'a reload in mid-upload loses nothing and doubles nothing, nor does dropping the same again',
  async ({ page }) => {
    page.on('dialog', (dialog) => void dialog.accept());
    await signUp(page);
    await createListing(page, '3 Birch Way');
    const frames = await bracket([0, -2, 2, -4, 4], 11, { width: 480, height: 320 });
    let [sent, told] = [0, 0];
    // One arrives, one arrives without its page hearing of it, the others are on their way.
    await hold(page, /\/ingest\//, () => ++sent > 2);
    await hold(page, /\/api\/uploads/, (route) => {
      const isEnd = route.request().postData()?.includes('"complete"') ?? false;
      return isEnd && ++told > 1;
    });
    await dropFiles(page, frames);
    await tray(page)
      .getByText(/^Uploaded/)
      .waitFor();
    await expect.poll(() => told).toBe(2);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.reload();
    await page.getByText('5 exposures').waitFor();
    await page.getByText('5 photos · 1 scene').waitFor();

    await dropFiles(page, frames.slice(0, 3));
    const question = page.getByRole('dialog', { name: '3 photos are there already' });
    await question.getByText(`same as ${frames[0]?.name}`).waitFor();
    await question.getByRole('checkbox').press(' ');
    await page.getByRole('dialog').getByRole('button', { name: 'Keep both' }).click();
    await page.getByRole('dialog').getByRole('checkbox').press(' ');
    await page
      .getByRole('dialog', { name: '2 photos are there already' })
      .getByRole('button', { name: 'Skip' })
      .click();
    await page.getByText('6 photos').waitFor();
  },
);

journey(
  'offline in mid-edit and mid-upload, and a reload of that: everything is sent once when the connection is back',
  async ({ page, context }) => {
    await signUp(page);
    await createListing(page, '4 Cedar Close');
    const [late, ...frames] = [
      ...(await bracket([0], 12, { width: 480, height: 320 })),
      ...(await bracket([0, -2, 2], 13, { width: 480, height: 320 })),
    ];
    if (!late) throw new Error('there is no frame');
    await dropFiles(page, frames);
    await page.getByText('3 exposures').waitFor();
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    await context.setOffline(true);
    const banner = page.getByText(/^You are offline/);
    await banner.waitFor();

    await page.keyboard.press('f');
    await page.keyboard.press('n');
    await expect.poll(() => scenes(page)).toEqual(['1 exposure', '2 exposures']);
    await page.getByText(/1 change and all uploads wait here/).waitFor();
    await dropFiles(page, [late]);
    await tray(page).getByText('1 photo waits for the connection').waitFor();

    page.on('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await page.getByRole('heading', { name: 'You are offline' }).waitFor();
    const waiting = page.getByRole('list', { name: 'What waits for the connection' });
    expect(await waiting.getByRole('listitem').allInnerTexts()).toEqual([
      '1 photo to upload',
      '1 change to send',
    ]);
    await context.setOffline(false);
    await page.getByText('4 photos · 3 scenes').waitFor();
    expect(await scenes(page)).toEqual(['1 exposure', '1 exposure', '2 exposures']);
    await page.reload();
    await page.getByText('4 photos · 3 scenes').waitFor();
  },
);

journey('of hundreds of uploads only those in sight exist', async ({ page }) => {
  page.on('dialog', (dialog) => void dialog.accept());
  await watchElements(page);
  await signUp(page);
  await createListing(page, '5 Dogwood Drive');
  await hold(page, /\/api\/uploads/, () => true);
  const many = Array.from({ length: 150 }, (_, n) => ({
    ...{ name: `DSC_${n}.jpg`, type: 'image/jpeg' },
    bytes: Buffer.from(`photo ${n}`),
  }));
  await dropFiles(page, many);
  await tray(page).getByText('150 photos').first().waitFor();
  const rows = tray(page).getByRole('listitem');
  await rows.first().waitFor();
  await rows.first().hover();
  await page.mouse.wheel(0, 20_000);
  await tray(page).getByText('DSC_149.jpg').waitFor();
  const height = (await tray(page).boundingBox())?.height ?? 0;
  expect(height).toBeGreaterThan(200);
  expect(height).toBeLessThan(450);
  expect(await mostElements(page)).toBeLessThan(400);

  // One press too many is taken back.
  await tray(page).getByRole('button', { name: 'Cancel all uploads' }).click();
  await tray(page).getByRole('button', { name: 'Retry 150' }).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await tray(page)
    .getByText(/^Uploading 1 of 150/)
    .waitFor();

  // Files that are let go of over a dialog are not taken, which is said.
  await page.keyboard.press('i');
  await page.getByRole('dialog', { name: 'Details' }).waitFor();
  await dropFiles(page, many.slice(0, 1));
  await page.getByText('Nothing was added').waitFor();
});

/** Of a project in Slipway's dashboard, whatever their state is. */
async function filesOf(context: BrowserContext, projectId: string) {
  const input = encodeURIComponent(JSON.stringify({ json: { projectId } }));
  const answer = await context.request.get(
    `${addressOf('SLIPWAY_URL')}/api/trpc/file.list?input=${input}`,
  );
  const page: { data: { name: string; folder: string; status: string; sha256: string | null }[] } =
    (await answer.json()).result.data.json;
  return page.data.map(({ name, folder, status, sha256 }) => ({ name, folder, status, sha256 }));
}

const MIB = 1024 ** 2;

journey(
  'in Slipway’s dashboard, too: after a reload only the parts that did not arrive are sent, and the same bytes are asked about',
  async ({ page, context }) => {
    page.on('dialog', (dialog) => void dialog.accept());
    const shoot = join(mkdtempSync(join(tmpdir(), 'slipway-e2e-')), 'shoot');
    const film = join(shoot, 'film.bin');
    const bytes = randomBytes(28 * MIB);
    mkdirSync(shoot);
    writeFileSync(film, bytes);
    const made = {
      ...{ name: 'film.bin', folder: 'shoot', status: 'ready' },
      sha256: createHash('sha256').update(bytes).digest('hex'),
    };
    try {
      const projectId = await openNewProject(page, 'Reloaded');
      const partOf = (url: string) => Number(new URL(url).searchParams.get('part') ?? 0);
      const stored: number[] = [];
      page.on('response', (response) => {
        const request = response.request();
        if (request.method() === 'PUT' && response.ok()) stored.push(partOf(request.url()));
      });
      let isHeld = true;
      await hold(page, /[?&]part=/, (route) => isHeld && partOf(route.request().url()) > 2);
      await page.getByLabel('Folder of files to upload').setInputFiles(shoot);
      await expect.poll(() => stored.toSorted()).toEqual([1, 2]);
      isHeld = false;
      await page.reload();
      await tray(page).getByText('1 file ready').waitFor();
      // Kept by the browser with its folder, and gone on with where it was.
      expect([...new Set(stored.slice(2))].toSorted()).toEqual([3, 4]);
      expect(await filesOf(context, projectId)).toEqual([made]);

      const choose = () => page.getByLabel('Files to upload', { exact: true }).setInputFiles(film);
      const question = page.getByRole('dialog', { name: 'This file is there already' });
      await choose();
      await question.getByText('same as film.bin').waitFor();
      expect(await violationsOf(page)).toEqual([]);
      await question.getByRole('button', { name: 'Skip' }).click();
      await question.waitFor({ state: 'hidden' });
      await choose();
      await question.getByRole('button', { name: 'Keep both' }).click();
      await tray(page).getByText('2 files ready').waitFor();
      expect(await filesOf(context, projectId)).toEqual([{ ...made, folder: '' }, made]);
    } finally {
      rmSync(join(shoot, '..'), { recursive: true, force: true });
    }
  },
);

type Asking = { asked?: number };

/**
 * Without a screen Chromium shows no question for files: these answers stand for a person's. The ways that they hand
 * out are the browser's own, to files on the origin's own disk. After a reload the browser wants to be asked once more.
 */
const answerQuestions = (page: Page) =>
  page.addInitScript(() => {
    const folder = async () =>
      (await navigator.storage.getDirectory()).getDirectoryHandle('shoot', { create: true });
    const seen = globalThis as Asking;
    let state = sessionStorage.getItem('was here') === null ? 'granted' : 'prompt';
    const answers = {
      queryPermission: async () => state,
      requestPermission: async () => {
        seen.asked = (seen.asked ?? 0) + 1;
        state = 'granted';
        return state;
      },
    };
    Object.assign(FileSystemHandle.prototype, answers);
    Object.assign(globalThis, {
      showDirectoryPicker: folder,
      showOpenFilePicker: async () => [await (await folder()).getFileHandle('film.bin')],
    });
  });

journey(
  'what was chosen is found again after a reload, by one press and without a copy: files, and a whole folder',
  async ({ page, context }) => {
    page.on('dialog', (dialog) => void dialog.accept());
    await answerQuestions(page);
    const projectId = await openNewProject(page, 'Chosen');
    await page.evaluate(async (size) => {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('shoot', {
        create: true,
      });
      for (const name of ['film.bin', 'still.bin']) {
        const file = await folder.getFileHandle(name, { create: true });
        const stream = await file.createWritable();
        const bytes = new Uint8Array(name === 'film.bin' ? size : 1000);
        crypto.getRandomValues(bytes.subarray(0, 1000));
        await stream.write(bytes);
        await stream.close();
      }
    }, 28 * MIB);
    const stored: number[] = [];
    const partOf = (url: string) => Number(new URL(url).searchParams.get('part') ?? 0);
    page.on('response', (response) => {
      const request = response.request();
      if (request.method() === 'PUT' && response.ok() && partOf(request.url()) > 0)
        stored.push(partOf(request.url()));
    });
    let isHeld = true;
    await hold(page, /\/ingest\/|[?&]part=/, (route) => {
      const part = partOf(route.request().url());
      return isHeld && (part === 0 || part > 2);
    });
    await page.keyboard.press('Control+k');
    await page.keyboard.type('Upload a folder');
    await page.keyboard.press('Enter');
    await expect.poll(() => stored.toSorted()).toEqual([1, 2]);
    expect(await copies(page)).toEqual(['FileSystemFileHandle', 'FileSystemFileHandle']);
    isHeld = false;
    await page.evaluate(() => sessionStorage.setItem('was here', 'yes'));
    await page.reload();
    await tray(page).getByText('2 files of before can go on').waitFor();
    await tray(page).getByRole('button', { name: 'Go on' }).click();
    await tray(page).getByText('2 files ready').waitFor();
    expect(await page.evaluate(() => (globalThis as Asking).asked)).toBe(1);
    expect([...new Set(stored.slice(2))].toSorted()).toEqual([3, 4]);
    const all = await filesOf(context, projectId);
    expect(all.map(({ name, folder, status }) => `${folder}/${name} ${status}`).sort()).toEqual([
      'shoot/film.bin ready',
      'shoot/still.bin ready',
    ]);
    expect(await copies(page)).toEqual([]);

    await page.keyboard.press('u');
    await page.getByRole('dialog', { name: 'This file is there already' }).waitFor();
    expect(await copies(page)).toEqual(['FileSystemFileHandle']);
  },
);

/** What the browser keeps of files that have not arrived: ways to them, or their bytes. */
async function copies(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const opened = indexedDB.open('kept-uploads-files', 1);
    await new Promise((resolve) => {
      opened.onsuccess = resolve;
    });
    const all = opened.result.transaction('rows').objectStore('rows').getAll();
    await new Promise((resolve) => {
      all.onsuccess = resolve;
    });
    opened.result.close();
    return all.result.map(({ source }) => source.constructor.name);
  });
}
