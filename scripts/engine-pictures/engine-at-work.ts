import sharp from 'sharp';
import {
  type EnhanceOptions,
  type EnhanceReport,
  enhance,
  type TunableStep,
} from '../../packages/engine/src/index.ts';
import { BASE_SETTINGS } from '../../packages/engine/src/options/presets.ts';
import type { Scene } from '../../packages/engine/src/testing/interior.ts';
import { SIZE, shoot } from './drawn-room.ts';

/** A picture to be shown: interleaved 8-bit RGB. */
export type Shown = { readonly width: number; readonly height: number; readonly data: Uint8Array };

/** Files of the exposures at these EV: of one scene, or of one for each. */
export async function bracketOf(
  scene: Scene | readonly Scene[],
  evs: readonly number[],
  light?: readonly [number, number, number],
): Promise<Uint8Array[]> {
  const scenes = 'radiance' in scene ? evs.map(() => scene) : scene;
  return await Promise.all(
    evs.map((ev, index) => fileOf(shoot(scenes[index] ?? (scenes[0] as Scene), ev, light))),
  );
}

/** A JPEG of the codes of one exposure. */
export async function fileOf(codes: Uint8Array): Promise<Uint8Array> {
  const image = sharp(codes, { raw: { ...SIZE, channels: 3 } });
  return await image.jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer();
}

export type Finished = { readonly shown: Shown; readonly report: EnhanceReport };

/** What the engine makes of the files with these steps; every other step but merging is off. */
export async function made(
  files: readonly Uint8Array[],
  steps: NonNullable<EnhanceOptions['steps']>,
  options: EnhanceOptions = {},
): Promise<Finished> {
  const others = Object.keys(BASE_SETTINGS) as TunableStep[];
  const off = Object.fromEntries(others.map((name) => [name, name === 'merge']));
  return await finished(files, { ...options, steps: { ...off, ...steps } });
}

/** What the engine makes of the files when it is told nothing, or only this. */
export async function finished(
  files: readonly Uint8Array[],
  options: EnhanceOptions = {},
): Promise<Finished> {
  const frames = files.map((bytes, index) => ({ name: `exposure-${index + 1}.jpg`, bytes }));
  const { image, report } = await enhance(frames, { ...options, output: { format: 'png' } });
  return { shown: await open(image.bytes), report };
}

export async function open(bytes: Uint8Array): Promise<Shown> {
  const { data, info } = await sharp(bytes)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}
