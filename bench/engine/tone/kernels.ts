import { NO_BALANCE } from '../../../packages/engine/src/color/plan-white-balance.ts';
import { joinPicture, splitPicture, type Ycc } from '../../../packages/engine/src/merge/ycc.ts';
import { presetSettings } from '../../../packages/engine/src/options/resolve-options.ts';
import { Arena } from '../../../packages/engine/src/parallel/arena.ts';
import { Pool } from '../../../packages/engine/src/parallel/pool.ts';
import { createPlane, lumaOf, type Picture } from '../../../packages/engine/src/pixels/picture.ts';
import { balanceFrame } from '../../../packages/engine/src/render/balance.ts';
import { Canvas } from '../../../packages/engine/src/render/canvas.ts';
import { denoiseFrame } from '../../../packages/engine/src/render/denoise.ts';
import {
  ONE,
  readPlane,
  takeYcc,
  writePlane,
  type YccRef,
} from '../../../packages/engine/src/render/planes.ts';
import { sharpenFrame } from '../../../packages/engine/src/render/sharpen.ts';
import { toneFrame } from '../../../packages/engine/src/render/tone.ts';
import { applyTone } from '../../../packages/engine/src/tone/apply-tone.ts';
import { planTone } from '../../../packages/engine/src/tone/plan-tone.ts';
import type { Figure } from '../judge.ts';
import { noisyRooms } from './noise.ts';

const NATURAL = presetSettings('natural');

/** How near the kernels come to the plain forms on photos, and what 24 megapixels cost. */
export async function kernelFigures(photos: readonly Picture[]): Promise<Figure[]> {
  const pool = await Pool.start(new Arena(), 1);
  try {
    return [await closeness(pool, photos), ...(await costs(pool))];
  } finally {
    await pool.stop();
  }
}

async function closeness(pool: Pool, photos: readonly Picture[]): Promise<Figure> {
  const off: number[] = [];
  for (const photo of photos) {
    const mark = pool.arena.take(0);
    const into = takeYcc(pool.arena, photo.width, photo.height);
    const planes = splitPicture(photo, lumaOf(photo), null);
    place(pool, into, planes);
    const plan = planTone(photo, NATURAL.tone);
    await toneFrame(pool, into, plan);
    const plain = lumaOf(applyTone(joinPicture(planes), plan)).data;
    const { data } = readPlane(pool.arena, into.y, ONE);
    const sorted = data.map((value, i) => 255 * Math.abs(value - (plain[i] ?? 0))).sort();
    off.push(sorted[Math.floor(0.99 * sorted.length)] ?? Number.NaN);
    pool.arena.release(mark);
  }
  off.sort((a, b) => a - b);
  return {
    what: 'full-size tone against the plain form, luma, 99 % of pixels, median photo',
    value: off[off.length >> 1] ?? Number.NaN,
    unit: 'of 255',
    target: { atMost: 1 },
    note: `worst photo ${(off.at(-1) ?? 0).toFixed(1)}; what is left is chroma that 2 x 2 pixels share`,
  };
}

function place(pool: Pool, into: YccRef, planes: Ycc): void {
  for (const key of ['y', 'cb', 'cr'] as const)
    writePlane(pool.arena, into[key], { plane: planes[key], one: ONE });
}

/** Processor time of each stage on one core, best of three. */
async function costs(pool: Pool): Promise<Figure[]> {
  const [width, height] = [6016, 4008];
  const { arena } = pool;
  const start = arena.take(0);
  const photo = takeYcc(arena, width, height);
  const middle = arena.take(0);
  takeYcc(arena, width, height);
  const regions = [
    { start, bytes: middle - start },
    { start: middle, bytes: arena.take(0) - middle },
  ] as const;
  const { noisy } = noisyRooms(width / 8, height / 8, 12);
  const plan = planTone(noisy, NATURAL.tone);
  const share = createPlane(48, 32);
  share.data.fill(0.5);
  const two = { ...NO_BALANCE, gains: [[1.1, 1, 0.9] as const, [0.9, 1, 1.1] as const] as const };
  const stages = {
    'white balance, two lights': (canvas: Canvas) =>
      balanceFrame(pool, canvas.photo, { ...two, share }),
    tone: (canvas: Canvas) => toneFrame(pool, canvas.photo, plan),
    'denoising a noisy photo': (canvas: Canvas) => denoiseFrame(canvas),
    sharpening: (canvas: Canvas) => sharpenFrame(canvas, NATURAL.sharpen),
  };
  const figures: Figure[] = [];
  for (const [name, stage] of Object.entries(stages)) {
    const times: number[] = [];
    for (let run = 0; run < 3; run++) {
      fillNoisy(pool, photo);
      const before = process.cpuUsage();
      await stage(new Canvas(pool, photo, regions));
      const { user, system } = process.cpuUsage(before);
      times.push((user + system) / 1000);
    }
    figures.push({
      what: `${name}, 24 megapixels, one core`,
      value: Math.min(...times),
      unit: 'ms',
      target: { atMost: name === 'denoising a noisy photo' ? 400 : 250 },
    });
  }
  return figures;
}

/** Grain around grey that a denoiser has to deal with. */
function fillNoisy(pool: Pool, photo: YccRef): void {
  let state = 1;
  for (const [plane, around] of [
    [photo.y, 4000],
    [photo.cb, 0],
    [photo.cr, 0],
  ] as const) {
    for (let y = 0; y < plane.height; y++) {
      const row = pool.arena.int16(plane.address - 64 + y * plane.stride, plane.width + 64);
      for (let x = 0; x < row.length; x++) {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
        row[x] = around + (state >> 22);
      }
    }
  }
}
