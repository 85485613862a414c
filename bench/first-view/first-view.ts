import type { Options } from '../options.ts';
import { middleRun, type Report, table } from '../report.ts';
import type { Stack } from '../stack.ts';
import { choosePhotos, makeShoot, openStudio, type Studio } from '../studio/studio.ts';
import { LINE, measureView, type View } from './measure-view.ts';

const SCENES = 20;
const TARGET_MS = 1_500;
/** Until so many photos are read. */
const PATIENCE_MS = 600_000;

/**
 * PhotoEstate Pro as `npm start` runs it: what a photographer waits for who opens the list of listings, and
 * a listing of 100 photos, in a browser that has nothing of it yet.
 */
export async function benchFirstView(stack: Stack, options: Options): Promise<Report> {
  const studio = await openStudio(stack, 'first-view');
  try {
    const listingId = await shoot(studio);
    const cookies = await studio.context.cookies();
    const views = {
      'a listing of 100 photos': { path: `/listings/${listingId}`, selector: '[data-photo] img' },
      'the list of listings': { path: '/listings', selector: '[data-listings] img' },
    };
    const rows: [string, View][] = [];
    for (const [name, { path, selector }] of Object.entries(views)) {
      const runs: View[] = [];
      for (let run = 0; run <= options.runs; run += 1) {
        const target = { url: `${studio.url}${path}`, cookies, selector };
        const view = await measureView(studio.browser, target);
        // The server has made no such page before the first one.
        if (run > 0) runs.push(view);
      }
      rows.push([name, middleRun(runs, ({ lcp }) => lcp)]);
    }
    return { text: report(rows, options), problems: [] };
  } finally {
    await studio.close();
  }
}

async function shoot({ url, context, createListing }: Studio): Promise<string> {
  const id = await createListing('100 Ocean Drive');
  const page = await context.newPage();
  await page.goto(`${url}/listings/${id}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  const frames = await makeShoot(SCENES);
  console.log(`Uploading ${frames.length} photos …`);
  const files = frames.map(({ name, bytes }) => ({
    name,
    mimeType: 'image/jpeg',
    buffer: Buffer.from(bytes),
  }));
  await choosePhotos(page, files);
  await page
    .getByText(`${files.length} photos · ${SCENES} scenes`)
    .waitFor({ timeout: PATIENCE_MS });
  await page.close();
  return id;
}

function report(rows: readonly [string, View][], { runs }: Options): string {
  const slow = rows.filter(([, { lcp }]) => lcp >= TARGET_MS).map(([name]) => name);
  return [
    `PhotoEstate Pro in Chromium with an empty cache, 1440 × 900, ${LINE.megabits} Mbit/s and ${LINE.latency} ms as Lighthouse has it for desktops; middle of ${runs} looks`,
    '',
    table(
      ['', 'FCP ms', 'LCP ms', 'pictures ms', 'CLS', 'TBT ms', 'requests', 'KB', 'elements'],
      rows.map(([name, view]) => [
        name,
        view.fcp,
        view.lcp,
        view.pictures,
        view.cls.toFixed(3),
        view.tbt,
        view.requests,
        view.kilobytes,
        view.elements,
      ]),
    ),
    '',
    slow.length === 0
      ? `Each is there within ${TARGET_MS} ms.`
      : `Slower than ${TARGET_MS} ms: ${slow.join(', ')}.`,
  ].join('\n');
}
