import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

/** The exposures of one scene, as files and as pixels. */
export interface Bracket {
  readonly name: string;
  readonly paths: readonly string[];
  readonly width: number;
  readonly height: number;
  /** Interleaved 8-bit RGB of each exposure. */
  readonly exposures: readonly Uint8Array[];
}

/** Every folder of pictures below `folder`, in the order of their names. */
export async function listScenes(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory());
  return folders.map(({ name }) => name).sort();
}

export async function readScene(folder: string, name: string): Promise<Bracket> {
  const files = (await readdir(join(folder, name))).filter((file) => file.endsWith('.png'));
  const paths = files.sort().map((file) => join(folder, name, file));
  const pictures = await Promise.all(paths.map(readCodes));
  const { width = 0, height = 0 } = pictures[0] ?? {};
  return { name, paths, width, height, exposures: pictures.map(({ codes }) => codes) };
}

/** 8-bit RGB of a file, without its transparency. */
export async function readCodes(
  path: string,
): Promise<{ codes: Uint8Array; width: number; height: number }> {
  const image = sharp(path).removeAlpha().toColourspace('srgb');
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  return { codes: new Uint8Array(data), width: info.width, height: info.height };
}
