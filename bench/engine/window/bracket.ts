import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeOverview } from '../../../packages/engine/src/frames/decode-overview.ts';
import { readHeader } from '../../../packages/engine/src/frames/read-header.ts';
import { resolveOptions } from '../../../packages/engine/src/options/resolve-options.ts';
import { lumaOf } from '../../../packages/engine/src/pixels/picture.ts';
import type { Overview } from '../../../packages/engine/src/plan/plan.ts';

/** Pixels that overviews have at most; the same as in the engine. */
const LARGEST = 2_500_000;

/** Exposures the engine takes at most; of longer brackets the brightest, all white, stay out. */
const MOST = 9;

/** Decodes the exposures of a folder as the engine does for its plan, the darkest first. */
export async function loadBracket(folder: string): Promise<Overview[]> {
  const names = (await readdir(folder)).filter((name) => /\.(jpe?g|png|tiff?)$/i.test(name));
  const { limits } = resolveOptions();
  const overviews: Overview[] = [];
  for (const name of names.sort()) {
    const bytes = await readFile(join(folder, name));
    const header = await readHeader(bytes, name, limits);
    let scale = 1;
    while ((header.width / scale) * (header.height / scale) > LARGEST) scale *= 2;
    const picture = await decodeOverview({ name, bytes }, header, scale);
    overviews.push({ frame: overviews.length, name, picture, luma: lumaOf(picture), scale });
  }
  const brightness = new Map(overviews.map((overview) => [overview, meanOf(overview)]));
  const sorted = [...overviews].sort((a, b) => (brightness.get(a) ?? 0) - (brightness.get(b) ?? 0));
  return sorted.slice(0, MOST).map((overview, frame) => ({ ...overview, frame }));
}

export function meanOf({ luma }: Overview): number {
  let sum = 0;
  for (let i = 0; i < luma.data.length; i++) sum += luma.data[i] as number;
  return sum / luma.data.length;
}
