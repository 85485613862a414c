import sharp, { type Sharp } from 'sharp';
import { createRandom } from '../../../packages/engine/src/testing/random.ts';

/** 8-bit interleaved RGB. */
export interface Codes {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A fault that is put into a finished photo, and the rules that may name it. */
export interface Defect {
  readonly name: string;
  readonly codes: readonly string[];
  /** @param other another finished photo of the same size; `random` decides how strong the fault is */
  readonly plant: (photo: Codes, other: Codes, random: () => number) => Promise<Codes>;
}

export const DEFECTS: readonly Defect[] = [
  {
    name: 'tilt of 1.5 to 5 degrees',
    codes: ['tilted', 'structure_lost', 'ghosts'],
    plant: async (photo, _, random) => {
      const angle = (random() < 0.5 ? -1 : 1) * between(random, 1.5, 5);
      return await codesOf(
        opened(photo)
          .rotate(angle, { background: '#808080' })
          .resize(photo.width, photo.height, { fit: 'cover' }),
      );
    },
  },
  {
    name: 'cast of 10 to 20 %',
    codes: ['color_cast'],
    plant: async (photo, _, random) => {
      const strength = (random() < 0.5 ? -1 : 1) * between(random, 0.1, 0.2);
      return mapped(photo, (code, channel) =>
        channel === 1 ? code : code * (channel === 0 ? 1 + strength / 2 : 1 - strength),
      );
    },
  },
  {
    name: 'blown: everything above 60 to 75 % white',
    codes: ['highlights_lost', 'blown_highlights'],
    plant: async (photo, _, random) => {
      const share = brightShare(photo, between(random, 0.6, 0.75));
      return mapped(photo, (code) => (code / share) * 255);
    },
  },
  {
    name: 'halo of 40 to 80 % over 8 to 14 px',
    codes: ['halo'],
    plant: async (photo, _, random) => {
      const soft = await codesOf(opened(photo).blur(between(random, 8, 14)));
      const amount = between(random, 0.4, 0.8);
      return mapped(photo, (code, __, i) => code + amount * (code - (soft.data[i] ?? 0)));
    },
  },
  {
    name: 'noise of sigma 8 to 20',
    codes: ['noisy', 'grain_added'],
    plant: async (photo, _, random) => {
      const sigma = between(random, 8, 20);
      const grain = () => (random() + random() + random() + random() - 2) * Math.sqrt(3) * sigma;
      return mapped(photo, (code) => code + grain());
    },
  },
  {
    name: 'blur of sigma 1.2 to 3',
    codes: ['blurred', 'soft'],
    plant: async (photo, _, random) => await codesOf(opened(photo).blur(between(random, 1.2, 3))),
  },
  {
    name: 'another room at 30 to 50 %',
    codes: ['ghosts', 'structure_lost'],
    plant: async (photo, other, random) => {
      const share = between(random, 0.3, 0.5);
      return mapped(photo, (code, _, i) => (1 - share) * code + share * (other.data[i] ?? 0));
    },
  },
];

export async function codesOf(image: Sharp): Promise<Codes> {
  const { data, info } = await image.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

export function opened({ width, height, data }: Codes): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 } });
}

export function seeded(seed: number): () => number {
  return createRandom(seed);
}

function between(random: () => number, from: number, to: number): number {
  return from + random() * (to - from);
}

function mapped(photo: Codes, change: (code: number, channel: number, i: number) => number): Codes {
  const data = photo.data.map((code, i) =>
    Math.max(0, Math.min(255, Math.round(change(code, i % 3, i)))),
  );
  return { ...photo, data };
}

/** The code at this share of the brightness that the photo's brightest tenth begins at. */
function brightShare({ data }: Codes, share: number): number {
  const sorted = Uint8Array.from(data).sort();
  return Math.max(1, share * (sorted[Math.floor(sorted.length * 0.9)] ?? 255));
}
