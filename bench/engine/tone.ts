import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ciede2000, srgbToLab } from '../../packages/engine/src/color/ciede2000.ts';
import { denoisePicture } from '../../packages/engine/src/denoise/apply-denoise.ts';
import { PRESET_NAMES, type PresetName } from '../../packages/engine/src/options/presets.ts';
import { presetSettings } from '../../packages/engine/src/options/resolve-options.ts';
import type { Picture } from '../../packages/engine/src/pixels/picture.ts';
import { applyTone } from '../../packages/engine/src/tone/apply-tone.ts';
import { planTone } from '../../packages/engine/src/tone/plan-tone.ts';
import type { Figure, Judge } from './judge.ts';
import { kernelFigures } from './tone/kernels.ts';
import { edgesKept, noisyRooms, psnr } from './tone/noise.ts';
import { clippedShare, readPicture, stepPicture } from './tone/pictures.ts';

/** Whether photos become bright without losing anything: tone, noise, and their full-size kernels. */
export const tone: Judge = {
  name: 'tone',
  needs: ['houses'],
  measure: async (data) => {
    const folder = join(data, 'houses');
    const names = (await readdir(folder)).filter((name) => name.endsWith('.jpg')).sort();
    const photos: Picture[] = [];
    for (const name of names) photos.push(await readPicture(join(folder, name)));
    return [...looks(photos), ...halos(), ...noise(photos), ...(await kernelFigures(photos))];
  },
};

const toned = (picture: Picture, preset: PresetName): Picture =>
  applyTone(picture, planTone(picture, presetSettings(preset).tone));

function looks(photos: readonly Picture[]): Figure[] {
  const [more, apart]: [number[], number[]] = [[], []];
  for (const photo of photos) {
    const looks = PRESET_NAMES.map((preset) => toned(photo, preset));
    const before = clippedShare(photo);
    more.push(...looks.map((look) => 100 * (clippedShare(look) - before)));
    const [natural, bright, luxury] = looks as [Picture, Picture, Picture];
    apart.push(difference(natural, bright), difference(natural, luxury));
  }
  apart.sort((a, b) => a - b);
  return [
    {
      what: 'pixels clipped by tone, worst photo and preset',
      value: Math.max(...more),
      unit: 'points',
      target: { atMost: 0.2 },
      note: `${photos.length} photos x ${PRESET_NAMES.length} presets`,
    },
    {
      what: 'natural beside bright and luxury, how far apart, median',
      value: apart[apart.length >> 1] ?? Number.NaN,
      unit: 'dE00',
      target: { atLeast: 3 },
      note: `least ${(apart[0] ?? Number.NaN).toFixed(1)}, on a photo that is finished already`,
    },
  ];
}

/** Mean CIEDE2000 of every tenth pixel. */
function difference(a: Picture, b: Picture): number {
  let [sum, count] = [0, 0];
  const lab = ({ data }: Picture, i: number) =>
    srgbToLab((data[i] ?? 0) / 65_535, (data[i + 1] ?? 0) / 65_535, (data[i + 2] ?? 0) / 65_535);
  for (let i = 0; i + 2 < a.data.length; i += 30, count++) sum += ciede2000(lab(a, i), lab(b, i));
  return sum / count;
}

/** Two flat walls of different brightness that meet: what 24 pixels beside the edge differ from the next 48. */
function halos(): Figure[] {
  let worst = 0;
  for (const preset of PRESET_NAMES)
    for (const [dark, light] of [
      [0.12, 0.9],
      [0.25, 0.8],
      [0.4, 0.6],
      [0.5, 0.75],
    ] as const) {
      const after = toned(stepPicture(1504, 1000, [dark, light]), preset);
      const lightness = (x: number): number => {
        const value = (after.data[(500 * 1504 + x) * 3] ?? 0) / 65_535;
        return srgbToLab(value, value, value)[0];
      };
      const mean = (from: number, to: number): number => {
        let sum = 0;
        for (let x = from; x < to; x++) sum += lightness(x);
        return sum / (to - from);
      };
      for (const side of [-1, 1]) {
        const far = side < 0 ? mean(752 - 72, 752 - 24) : mean(752 + 24, 752 + 72);
        for (let away = 1; away <= 24; away++) {
          const near = lightness(side < 0 ? 752 - away : 751 + away);
          worst = Math.max(worst, Math.abs(near - far));
        }
      }
    }
  return [
    {
      what: 'rim beside a hard edge after tone, worst of 4 edges x 3 presets',
      value: worst,
      unit: 'L*',
      target: { atMost: 2 },
    },
  ];
}

function noise(photos: readonly Picture[]): Figure[] {
  const gains: number[] = [];
  const edges: number[] = [];
  for (const sigma of [4, 6, 8, 12]) {
    const { clean, noisy } = noisyRooms(960, 640, sigma);
    const { picture } = denoisePicture(noisy);
    gains.push(psnr(picture, clean) - psnr(noisy, clean));
    edges.push(100 * edgesKept(picture, clean));
  }
  const touched = photos.filter((photo) => denoisePicture(photo).plan !== null).length;
  return [
    {
      what: 'PSNR gained by denoising the rendered room, noise of 4 to 12, least',
      value: Math.min(...gains),
      unit: 'dB',
      target: { atLeast: 2 },
      note: gains.map((gain) => gain.toFixed(1)).join(', '),
    },
    {
      what: 'contrast of its edges kept, least',
      value: Math.min(...edges),
      unit: '%',
      target: { atLeast: 95 },
      note: edges.map((kept) => kept.toFixed(1)).join(', '),
    },
    {
      what: 'clean listing photos that are denoised',
      value: touched,
      unit: '',
      target: { atMost: 0 },
      note: `of ${photos.length}`,
    },
  ];
}
