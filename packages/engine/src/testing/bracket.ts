import sharp from 'sharp';
import { linearToSrgb } from '../pixels/srgb.ts';
import type { InputFrame } from '../steps/step.ts';
import { renderInterior, type Scene } from './interior.ts';
import { createRandom } from './random.ts';

export type BracketOptions = {
  /** Pixels; default 480 x 320. */
  width?: number;
  height?: number;
  /** Exposure bias of each frame in EV, in shooting order; default 0, -2, +2. */
  evs?: readonly number[];
  /** Start of the first exposure, read as the camera's own clock; default 2026-05-01 10:00:00 UTC. */
  startAt?: Date;
  /** From the start of one exposure to the start of the next; default 500. */
  gapMs?: number;
  /** Maker first, e.g. "Canon EOS R5", the default. */
  camera?: string;
  /** Other seeds give other grain and noise; default 1. */
  seed?: number;
  /** Colour of the light, linear factors; default neutral. */
  light?: readonly [red: number, green: number, blue: number];
};

/** Exposure of a frame at bias 0: 1/30 s, f/8, ISO 200. */
const BASE_TIME = 1 / 30;

/** The same synthetic room at several exposures, as JPEGs with the EXIF a camera would write. */
export async function makeBracket(options: BracketOptions = {}): Promise<InputFrame[]> {
  const { width = 480, height = 320, evs = [0, -2, 2], gapMs = 500, seed = 1 } = options;
  const startAt = options.startAt ?? new Date('2026-05-01T10:00:00Z');
  const scene = renderInterior(width, height, seed);
  const frames: InputFrame[] = [];
  for (const [index, ev] of evs.entries()) {
    const codes = expose(scene, {
      ev,
      seed: seed * 100 + index,
      light: options.light ?? [1, 1, 1],
    });
    const takenAt = new Date(startAt.getTime() + index * gapMs);
    const exif = exifOf({
      ev,
      takenAt,
      camera: options.camera ?? 'Canon EOS R5',
      bracketed: evs.length > 1,
    });
    const image = sharp(codes, { raw: { width, height, channels: 3 } }).withExif(exif);
    const bytes = await image.jpeg({ quality: 94, chromaSubsampling: '4:4:4' }).toBuffer();
    frames.push({ name: `IMG_${String(seed * 100 + index).padStart(4, '0')}.jpg`, bytes });
  }
  return frames;
}

export type Exposure = {
  readonly ev: number;
  readonly seed: number;
  readonly light: readonly [number, number, number];
};

/** 8-bit sRGB codes of a scene: exposed, clipped, with shot and read noise. */
export function expose(scene: Scene, exposure: Exposure): Uint8Array {
  const random = createRandom(exposure.seed);
  const gain = 2 ** exposure.ev;
  const codes = new Uint8Array(scene.radiance.length);
  for (let i = 0; i < codes.length; i++) {
    const light = (scene.radiance[i] as number) * gain * (exposure.light[i % 3] as number);
    const noise = (random() + random() + random() - 1.5) * Math.sqrt(light * 2e-4 + 2e-6);
    codes[i] = Math.round(linearToSrgb(Math.min(1, Math.max(0, light + noise))) * 255);
  }
  return codes;
}

type ExifValues = {
  readonly ev: number;
  readonly takenAt: Date;
  readonly camera: string;
  readonly bracketed: boolean;
};

/** sharp calls the Exif sub-directory IFD2. */
function exifOf({ ev, takenAt, camera, bracketed }: ExifValues) {
  const [date = '', clock = ''] = takenAt.toISOString().split(/[TZ]/);
  const [time = '', fraction = '000'] = clock.split('.');
  const [make = camera, ...model] = camera.split(' ');
  return {
    IFD0: { Make: make, Model: model.length > 0 ? model.join(' ') : make },
    IFD2: {
      DateTimeOriginal: `${date.replaceAll('-', ':')} ${time}`,
      SubSecTimeOriginal: fraction,
      ExposureTime: `${Math.round(BASE_TIME * 2 ** ev * 1_000_000)}/1000000`,
      FNumber: '8/1',
      ISOSpeedRatings: '200',
      ExposureBiasValue: `${Math.round(ev * 3)}/3`,
      ExposureMode: bracketed ? '2' : '0',
      FocalLength: '16/1',
      LensModel: 'Test 16-35mm F4',
    },
  };
}
