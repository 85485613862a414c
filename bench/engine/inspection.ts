import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { enhance } from '../../packages/engine/src/index.ts';
import { judge } from '../../packages/engine/src/inspect/judge.ts';
import { measure } from '../../packages/engine/src/inspect/measurements.ts';
import { witnessesOf } from '../../packages/engine/src/inspect/witnesses.ts';
import { Arena } from '../../packages/engine/src/parallel/arena.ts';
import { Pool } from '../../packages/engine/src/parallel/pool.ts';
import type { Picture } from '../../packages/engine/src/pixels/picture.ts';
import { type Codes, codesOf, DEFECTS, opened, seeded } from './inspection/plant.ts';
import type { Figure, Judge } from './judge.ts';

/** Rules that say the engine did something wrong; the others describe what was photographed. */
const FAULTS = new Set(
  DEFECTS.flatMap(({ codes }) => codes).filter(
    (code) => !['soft', 'blown_highlights', 'noisy'].includes(code),
  ),
);

interface Finished {
  readonly name: string;
  readonly exposure: Codes;
  readonly photo: Codes;
}

/** Faults planted into finished photos, and false alarms on them without. */
export const inspection: Judge = {
  name: 'inspection',
  needs: ['houses'],
  measure: async (data) => {
    const finished: Finished[] = [];
    const folder = join(data, 'houses');
    for (const name of (await readdir(folder)).filter((file) => file.endsWith('.jpg')).sort())
      finished.push(await finish(join(folder, name), name));
    const pool = await Pool.start(new Arena(), 1);
    try {
      return [...(await caught(finished, pool)), await falseAlarms(finished, pool)];
    } finally {
      await pool.stop();
    }
  },
};

/** Geometry stays as it is, so that exposure and photo lie on each other. */
async function finish(path: string, name: string): Promise<Finished> {
  const bytes = await readFile(path);
  const { image } = await enhance([{ name, bytes }], { steps: { verticals: false, lens: false } });
  return { name, exposure: await codesOf(sharp(bytes)), photo: await codesOf(sharp(image.bytes)) };
}

async function caught(finished: readonly Finished[], pool: Pool): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [index, defect] of DEFECTS.entries()) {
    const random = seeded(index + 1);
    const missed: string[] = [];
    for (const [i, { name, exposure, photo }] of finished.entries()) {
      const stranger = finished[(i + 7) % finished.length]?.photo ?? photo;
      const size = { width: photo.width, height: photo.height };
      const other = await codesOf(opened(stranger).resize({ ...size, fit: 'fill' }));
      const planted = await defect.plant(photo, other, random);
      const found = await codesFor({ photo: planted, exposure }, pool);
      if (!defect.codes.some((code) => found.includes(code))) missed.push(name);
    }
    figures.push({
      what: `planted and caught: ${defect.name}`,
      value: 100 * (1 - missed.length / finished.length),
      unit: '%',
      target: { atLeast: 98 },
      ...(missed.length > 0 ? { note: `missed ${missed.join(', ')}` } : {}),
    });
  }
  return figures;
}

async function falseAlarms(finished: readonly Finished[], pool: Pool): Promise<Figure> {
  const alarms: string[] = [];
  for (const one of finished)
    for (const code of await codesFor(one, pool))
      if (FAULTS.has(code)) alarms.push(`${one.name} ${code}`);
  return {
    what: `false alarms on ${finished.length} finished photos`,
    value: (100 * new Set(alarms.map((alarm) => alarm.split(' ')[0])).size) / finished.length,
    unit: '%',
    target: { atMost: 2 },
    note: alarms.join(', '),
  };
}

async function codesFor(
  { photo, exposure }: Omit<Finished, 'name'>,
  pool: Pool,
): Promise<readonly string[]> {
  const [result, picture] = [deep(photo), deep(exposure)];
  const seen = { photo: result, asSeen: null, views: null, pool };
  const witnesses = await witnessesOf([picture], 0, seen);
  return judge(measure(result, witnesses)).map(({ code }) => code);
}

function deep({ width, height, data }: Codes): Picture {
  return { width, height, data: Uint16Array.from(data, (code) => code * 257) };
}
