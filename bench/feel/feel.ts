import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeBracket } from '@repo/engine/test-pictures';
import pg from 'pg';
import type { Page } from 'playwright-core';
import type { Options } from '../options.ts';
import { type Report, table } from '../report.ts';
import type { Stack } from '../stack.ts';
import { choosePhotos, type Frame, makeShoot, openStudio, type Studio } from '../studio/studio.ts';
import { type Motion, watchFrames } from './watch-frames.ts';

const DROPPED = 300;
const DIFFERENT = 100;
/** From the drop on: names, digests, the queue, and the first of them on their way. */
const WATCHED_MS = 20_000;
const LONG_LISTING = 1_000;
const PATIENCE_MS = 600_000;
const TARGETS = { elements: 400, analysisMs: 100 };

/** PhotoEstate Pro while it is used: a card's worth dropped at once, a long listing scrolled, a photo judged. */
export async function benchFeel(stack: Stack, _options: Options): Promise<Report> {
  const studio = await openStudio(stack, 'feel');
  try {
    const judged = await judge(studio);
    const listingId = await studio.createListing('300 Ocean Drive');
    const paths = await writeShoot(join(stack.folder, 'feel-shoot'));
    const motions: [string, Motion][] = [
      [`${DROPPED} frames dropped at once`, await drop(studio, { listingId, paths })],
    ];
    await lengthen(studio, listingId);
    motions.push(...(await walk(studio, listingId)));
    return { text: report(motions, judged), problems: [] };
  } finally {
    await studio.close();
  }
}

interface Judged {
  /** In the worker, for the counting alone. */
  counted: number;
  /** From the key to the picture of it, with loading and decoding. */
  histogram: number;
  clipping: number;
}

/** A photo of 24 megapixels under its histogram and its clipping warnings. */
async function judge({ url, context, createListing }: Studio): Promise<Judged> {
  const listingId = await createListing('24 Megapixel Way');
  const page = await context.newPage();
  await page.goto(`${url}/listings/${listingId}`);
  console.log('Uploading a photo of 24 megapixels …');
  const [frame] = await makeBracket({ width: 6000, height: 4000, evs: [0] });
  if (frame === undefined) throw new Error('no photo was made');
  await choosePhotos(page, [
    { name: frame.name, mimeType: 'image/jpeg', buffer: Buffer.from(frame.bytes) },
  ]);
  await page.getByRole('link', { name: 'Open Scene 1' }).click({ timeout: PATIENCE_MS });
  const stage = page.locator('section[aria-label="Scene 1"]');
  await stage.locator('img').first().waitFor();
  await settled(page);
  const histogram = await sinceKey(page, 'h', 'figure[data-milliseconds]');
  const counted = await page
    .locator('figure[data-milliseconds]')
    .first()
    .evaluate((figure) => Number((figure as HTMLElement).dataset['milliseconds']));
  const clipping = await sinceKey(page, 'j', '[data-clipping=shown]');
  await page.close();
  return { counted, histogram, clipping };
}

/** Its pictures are there, and what it does at its start is over. */
async function settled(page: Page): Promise<void> {
  await sleep(2_000);
  await page.waitForFunction(() => [...document.images].every(({ complete }) => complete));
}

/** From a key's press to what it shows, by the page's own clock. */
async function sinceKey(page: Page, key: string, shows: string): Promise<number> {
  const shown = page.evaluate(
    ([pressed, selector = '']) =>
      new Promise<number>((resolve) => {
        addEventListener(
          'keydown',
          (event) => {
            if (event.key !== pressed) return;
            const look = () => {
              if (document.querySelector(selector)) resolve(performance.now() - event.timeStamp);
              else requestAnimationFrame(look);
            };
            look();
          },
          { capture: true },
        );
      }),
    [key, shows],
  );
  await page.keyboard.press(key);
  return shown;
}

async function writeShoot(folder: string): Promise<string[]> {
  const frames = await makeShoot(DIFFERENT / 5);
  await mkdir(folder, { recursive: true });
  const paths: string[] = [];
  for (let index = 0; index < DROPPED; index += 1) {
    const { name, bytes } = frames[index % frames.length] as Frame;
    const path = join(folder, `${index}-${name}`);
    // What comes behind a JPEG's end is read by nobody, and makes another file of it.
    await writeFile(path, Buffer.concat([bytes, Buffer.from(String(index))]));
    paths.push(path);
  }
  return paths;
}

async function drop(
  { url, context }: Studio,
  { listingId, paths }: { listingId: string; paths: string[] },
): Promise<Motion> {
  const page = await context.newPage();
  await page.goto(`${url}/listings/${listingId}`);
  await page.getByRole('button', { name: 'Choose photos' }).waitFor();
  await settled(page);
  console.log(`Dropping ${paths.length} photos …`);
  const motion = await watchFrames(page, 'main', async () => {
    await choosePhotos(page, paths);
    await sleep(WATCHED_MS);
  });
  await page.getByRole('link', { name: 'Open Scene 3' }).waitFor({ timeout: PATIENCE_MS });
  await page.close({ runBeforeUnload: false });
  return motion;
}

/** As many photos as a very long shoot has, by copies of what is read already. */
async function lengthen({ databaseUrl }: Studio, listingId: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const ids = `'scn_' || md5($1 || n)`;
    await client.query(
      `insert into scene (id, listing_id, position)
       select ${ids}, $1, 1000 + n from generate_series(1, $2::int / 5) n`,
      [listingId, LONG_LISTING],
    );
    await client.query(
      `with read as (
         select photo.*, row_number() over (order by id) - 1 as at, count(*) over () as total
         from photo where listing_id = $1 and thumb_file_id is not null)
       insert into photo
       select copy.* from generate_series(0, $2::int - 1) n
       join read on read.at = n % read.total,
         jsonb_populate_record(null::photo, to_jsonb(read) || jsonb_build_object(
           'id', 'pho_' || md5($1 || n), 'scene_id', 'scn_' || md5($1 || (n / 5 + 1)),
           'file_id', 'file_' || md5($1 || n), 'position', 10000 + n)) copy`,
      [listingId, LONG_LISTING],
    );
  } finally {
    await client.end();
  }
}

async function walk({ url, context }: Studio, listingId: string): Promise<[string, Motion][]> {
  const page = await context.newPage();
  await page.goto(`${url}/listings/${listingId}`);
  const open = page.getByRole('link', { name: 'Open Scene 1', exact: true });
  const first = await open.getAttribute('href', { timeout: PATIENCE_MS });
  await settled(page);
  const scrolled = await watchFrames(page, '[aria-label=Scenes]', () =>
    page.evaluate(async () => {
      for (let frame = 0; frame < 600; frame += 1) {
        window.scrollBy({ top: 60, behavior: 'instant' });
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    }),
  );
  await page.goto(`${url}${first}`);
  await page.locator('[data-keys=filmstrip] a').first().waitFor({ timeout: PATIENCE_MS });
  await settled(page);
  const stripped = await watchFrames(page, 'body', async () => {
    for (let step = 0; step < 40; step += 1) {
      await page.keyboard.press(']');
      await sleep(80);
    }
  });
  await page.close();
  return [
    [`a listing of ${LONG_LISTING.toLocaleString('en')} photos scrolled`, scrolled],
    ['from scene to scene along the filmstrip', stripped],
  ];
}

function report(motions: readonly [string, Motion][], judged: Judged): string {
  const many = motions.filter(([, { elements }]) => elements >= TARGETS.elements);
  return [
    'PhotoEstate Pro in use, in Chromium without a GPU, 1440 × 900',
    '',
    table(
      ['', 'frame p50 ms', 'p95 ms', 'longest ms', 'tasks > 50 ms', 'longest task ms', 'elements'],
      motions.map(([name, { p50, p95, longest, tasks, longestTask, elements }]) => [
        name,
        p50,
        p95,
        longest,
        tasks,
        longestTask,
        elements,
      ]),
    ),
    '',
    table(
      ['a photo of 24 megapixels', 'ms'],
      [
        ['its histogram, counted in a thread of its own', judged.counted],
        ['histogram, from the key until it is shown', judged.histogram],
        ['clipping warnings, from the key until they are shown', judged.clipping],
      ],
    ),
    '',
    many.length === 0
      ? `Nowhere were there ${TARGETS.elements} elements or more.`
      : `${TARGETS.elements} elements or more: ${many.map(([name]) => name).join(', ')}.`,
    'Elements are those below the top bar, of the list of scenes, and of the whole page of a scene.',
    judged.counted < TARGETS.analysisMs
      ? `Counting took less than ${TARGETS.analysisMs} ms.`
      : `Counting took ${TARGETS.analysisMs} ms or more.`,
  ].join('\n');
}
