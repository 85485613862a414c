import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { alignOverviews } from '../../../packages/engine/src/align/align-overviews.ts';
import { layOverview } from '../../../packages/engine/src/align/lay-overview.ts';
import { fuseOverviews } from '../../../packages/engine/src/merge/fuse-overviews.ts';
import { planFusion } from '../../../packages/engine/src/merge/plan-fusion.ts';
import { planningCopies } from '../../../packages/engine/src/merge/planning-copies.ts';
import { Arena } from '../../../packages/engine/src/parallel/arena.ts';
import { Pool } from '../../../packages/engine/src/parallel/pool.ts';
import { lumaOf, type Picture } from '../../../packages/engine/src/pixels/picture.ts';
import { linearToSrgb, srgbToLinear } from '../../../packages/engine/src/pixels/srgb.ts';
import type { Overview } from '../../../packages/engine/src/plan/plan.ts';
import { planWindow } from '../../../packages/engine/src/window/plan-window.ts';
import type { Figure } from '../judge.ts';
import { loadBracket, meanOf } from './bracket.ts';
import { NO_WINDOWS, STREETS } from './no-windows.ts';

/** EV of the exposures that are made from one photo: its sky is blown in the second brightest. */
const EVS = [-2, -0.5, 1, 2.5];

/** How often something is pulled where there is no window. */
export async function leftAlone(data: string): Promise<readonly Figure[]> {
  const pool = await Pool.start(new Arena(), 1);
  try {
    const scenes: string[] = [];
    for (const folder of NO_WINDOWS)
      if (isPulled(await laid(pool, await loadBracket(join(data, folder))))) scenes.push(folder);
    const streets: string[] = [];
    const names = (await readdir(join(data, STREETS))).sort();
    for (const name of names)
      if (isPulled(await exposuresOf(join(data, STREETS, name)))) streets.push(name);
    return [
      figure(`of ${NO_WINDOWS.length} scenes without a window, those pulled`, scenes),
      figure(`of ${names.length} street photos, brackets made of one, those pulled`, streets),
    ];
  } finally {
    await pool.stop();
  }
}

function figure(what: string, pulled: readonly string[]): Figure {
  const note = pulled.map((name) => basename(name)).join(', ');
  return { what, value: pulled.length, unit: '', target: { atMost: 0 }, note };
}

function isPulled(overviews: readonly Overview[]): boolean {
  const fused = fuseOverviews(overviews, planFusion(planningCopies(overviews), null));
  return planWindow(overviews, fused).plan !== null;
}

/** Exposures laid on each other as the engine does before it looks for windows. */
async function laid(pool: Pool, overviews: readonly Overview[]): Promise<Overview[]> {
  const away = overviews.map((overview) => Math.abs(meanOf(overview) - 0.47));
  const reference = away.indexOf(Math.min(...away));
  const { picture, scale } = overviews[reference] as Overview;
  const size = { width: picture.width * scale, height: picture.height * scale };
  const { placements, rectangle } = alignOverviews(overviews, reference, size);
  const kept: Overview[] = [];
  for (const [index, { verdict, toFrame }] of placements.entries()) {
    if (verdict === 'dropped') continue;
    const overview = overviews[index] as Overview;
    kept.push(await layOverview(pool, overview, { toFrame, area: rectangle }));
  }
  return kept;
}

/** A bracket made of one photo: as if what it shows were all the light there was. */
async function exposuresOf(file: string): Promise<Overview[]> {
  const { data, info } = await sharp(file)
    .removeAlpha()
    .toColourspace('srgb')
    .resize({ width: 640, withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return EVS.map((ev, frame): Overview => {
    const codes = Uint16Array.from({ length: 256 }, (_, code) => {
      const light = Math.min(1, srgbToLinear(code / 255) * 2 ** ev);
      return Math.round(255 * linearToSrgb(light)) * 257;
    });
    const picture: Picture = {
      width: info.width,
      height: info.height,
      data: Uint16Array.from(data, (code) => codes[code] as number),
    };
    return { frame, name: `${ev} EV`, picture, luma: lumaOf(picture), scale: 1 };
  });
}
