import { createRandom } from '@repo/engine/test-pictures';
import { alignOverviews } from '../../../packages/engine/src/align/align-overviews.ts';
import { layOverview } from '../../../packages/engine/src/align/lay-overview.ts';
import { ghostMasks } from '../../../packages/engine/src/ghost/ghost-masks.ts';
import type { Pool } from '../../../packages/engine/src/parallel/pool.ts';
import { meanOf } from '../../../packages/engine/src/pixels/measure.ts';
import type { Overview } from '../../../packages/engine/src/plan/plan.ts';
import { type Found, shakeLeaves, walkThrough } from './moving.ts';
import { bracketsIn, photosIn, type Seen, seePhoto } from './photos.ts';

/** Mean luma of an exposure that could be delivered, as `decode` wants it of the reference. */
const WELL_EXPOSED = 0.45;

/**
 * Brackets in which something does move: flames, water, cars, lamps that flicker, reflections (looked
 * at, exposure by exposure), and one whose frames end in painted borders.
 */
const LIVELY = new Set([
  ...['Candle', 'FORTH3', 'Garage', 'Lighthouse', 'StLouisArch', 'Venice', 'misalign_imac'],
  'Memorial',
]);

/** Brackets that were held by hand, or whose camera was touched, by more than half a pixel. */
const SHAKEN = new Set(['Candle', 'StLouisArch', 'TableLamp', 'misalign_imac']);

export type Verdict = {
  readonly name: string;
  readonly frames: number;
  readonly dropped: number;
  readonly resampled: number;
  readonly isShaken: boolean;
  readonly isLively: boolean;
  /** Share of the frame that is taken from one exposure because something moved there. */
  readonly ghosts: number;
};

/** What becomes of every bracket of the sets. */
export async function judgeBrackets(
  data: string,
  { sets, pool }: { readonly sets: readonly string[]; readonly pool: Pool },
): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const { name, folder } of bracketsIn(data, sets)) {
    const { overviews, full } = await loadBracket(folder);
    const alignment = alignOverviews(overviews, referenceOf(overviews), full);
    const laid: Overview[] = [];
    for (const [i, { verdict, toFrame }] of alignment.placements.entries()) {
      const overview = overviews[i];
      if (overview === undefined || verdict === 'dropped') continue;
      laid.push(await layOverview(pool, overview, { toFrame, area: alignment.rectangle }));
    }
    const of = (verdict: string): number =>
      alignment.placements.filter((placement) => placement.verdict === verdict).length;
    verdicts.push({
      name,
      frames: overviews.length,
      dropped: of('dropped'),
      resampled: of('aligned'),
      isShaken: SHAKEN.has(name),
      isLively: LIVELY.has(name),
      ghosts: ghostMasks(laid, referenceOf(laid)).share,
    });
  }
  return verdicts;
}

async function loadBracket(folder: string) {
  const seen: Seen[] = [];
  for (const [i, file] of photosIn(folder).entries()) seen.push(await seePhoto(file, i));
  const overviews = seen.map(({ overview }) => overview);
  return { overviews, full: seen[0]?.full ?? { width: 0, height: 0 } };
}

function referenceOf(overviews: readonly Overview[]): number {
  const distance = ({ luma }: Overview): number => Math.abs(meanOf(luma) - WELL_EXPOSED);
  return overviews.reduce(
    (best, overview, i) => (distance(overview) < distance(overviews[best] ?? overview) ? i : best),
    0,
  );
}

/** Photos of two different places as one bracket. @returns how many of `count` were not told apart */
export async function mixRooms(
  data: string,
  sets: { readonly photos: string; readonly brackets: readonly string[] },
  count: number,
): Promise<{ pairs: number; mixed: string[] }> {
  const random = createRandom(9);
  const files = [
    ...photosIn(data, sets.photos).map((file) => [file]),
    ...bracketsIn(data, sets.brackets).map(({ folder }) => photosIn(folder)),
  ];
  const seen = new Map<string, Seen>();
  const see = async (file: string): Promise<Seen> => {
    const known = seen.get(file) ?? (await seePhoto(file, 0));
    seen.set(file, known);
    return known;
  };
  const any = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const mixed: string[] = [];
  let pairs = 0;
  for (let tries = 0; pairs < count && tries < 40 * count; tries++) {
    const [here, there] = [any(files), any(files)];
    if (here === there) continue;
    const [a, b] = [await see(any(here)), await see(any(there))];
    const isAlike = a.full.width === b.full.width && a.full.height === b.full.height;
    if (!isAlike) continue;
    pairs++;
    const { placements } = alignOverviews([a.overview, b.overview], 0, a.full);
    if (placements[1]?.verdict !== 'dropped') mixed.push(`${a.overview.name} ${b.overview.name}`);
  }
  return { pairs, mixed };
}

/** Three exposures, two stops apart or so, in which things are made to move. */
export async function moveThings(folders: readonly string[], rounds: number) {
  const [persons, leaves]: [Found[], Found[]] = [[], []];
  for (const folder of folders) {
    const { overviews } = await loadBracket(folder);
    const sorted = [...overviews].sort((a, b) => meanOf(a.luma) - meanOf(b.luma));
    const middle = referenceOf(sorted);
    const step = sorted.length > 5 ? 2 : 1;
    const three = [middle - step, middle, middle + step].flatMap((i) => sorted[i] ?? []);
    for (let seed = 1; seed <= rounds; seed++) {
      persons.push(walkThrough(three, seed));
      leaves.push(shakeLeaves(three, 100 + seed));
    }
  }
  return { persons, leaves };
}
