import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { expose } from '../../../packages/engine/src/testing/bracket.ts';
import { renderInterior } from '../../../packages/engine/src/testing/interior.ts';

/** 24 megapixels, as most full-frame cameras have. */
export const WIDTH = 6016;
export const HEIGHT = 4008;

/** Steps of two EV around the middle. */
const EVS = [0, -2, 2, -4, 4] as const;

/** Exposures of a real room, two EV apart, middle first; enlarged to 24 megapixels. */
const REAL_SET = 'brackets_interior/PantrySmallISO';
const REAL_FRAMES = ['DSC_01_003', 'DSC_01_013', 'DSC_01_001', 'DSC_01_050', 'DSC_05_001'];

/**
 * Five exposures of 24 megapixels as JPEG files: of a real room where the photo sets are there, else of
 * the room the tests draw. @returns paths, the middle exposure first
 */
export async function makeBrackets(
  folder: string,
  data: string | null,
): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const paths = EVS.map((_, index) => join(folder, `exposure-${index}.jpg`));
  for (const [index, path] of paths.entries()) {
    const picture =
      data === null ? drawn(index) : sharp(join(data, REAL_SET, `${REAL_FRAMES[index]}.JPG`));
    await picture
      .resize(WIDTH, HEIGHT, { kernel: 'cubic', fit: 'fill' })
      .jpeg({ quality: 95 })
      .toFile(path);
  }
  return paths;
}

/** The small room of the tests, enlarged, with as much grain as a camera adds. */
function drawn(index: number): Sharp {
  const [width, height] = [WIDTH / 4, HEIGHT / 4];
  const codes = expose(renderInterior(width, height, 1), {
    ev: EVS[index] ?? 0,
    seed: index + 1,
    light: [1, 1, 1],
  });
  return sharp(codes, { raw: { width, height, channels: 3 } });
}

/** True where the photo set of the speed figures is there. */
export async function hasRealSet(data: string): Promise<boolean> {
  const names = await readdir(join(data, REAL_SET)).catch(() => []);
  return names.length > 0 && (await stat(data)).isDirectory();
}
