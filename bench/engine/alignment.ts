import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { alignOverviews } from '../../packages/engine/src/align/align-overviews.ts';
import { IDENTITY } from '../../packages/engine/src/align/homography.ts';
import { layOverview } from '../../packages/engine/src/align/lay-overview.ts';
import { ghostMasks } from '../../packages/engine/src/ghost/ghost-masks.ts';
import { Arena } from '../../packages/engine/src/parallel/arena.ts';
import { Pool } from '../../packages/engine/src/parallel/pool.ts';
import type { Homography } from '../../packages/engine/src/plan/plan.ts';
import type { Found } from './alignment/moving.ts';
import { photosIn, seePhoto } from './alignment/photos.ts';
import { largeTrials, photoTrials, realTrials, type Trial } from './alignment/trials.ts';
import { judgeBrackets, mixRooms, moveThings, type Verdict } from './alignment/verdicts.ts';
import type { Figure, Judge } from './judge.ts';

/*
 * Whether exposures lie on each other: known movements found again over four stops, tripods left alone,
 * other rooms refused, and what moved found without seeing ghosts.
 */

const PHOTOS = 'houses';
const INTERIOR = 'brackets_interior';
const BRACKETS = [
  ...['brackets_empa', 'brackets_fairchild', 'brackets_handheld', INTERIOR],
  'brackets_mef17',
];

/** Pixels of the image given that a movement may be off, root mean square over the frame. */
const EXACT = 0.3;

async function measure(data: string): Promise<readonly Figure[]> {
  const pool = await Pool.start(new Arena(), availableParallelism());
  try {
    return [
      ...(await movements(data)),
      ...(await brackets(data, pool)),
      ...(await things(data)),
      ...(await times(data, pool)),
    ];
  } finally {
    await pool.stop();
  }
}

async function movements(data: string): Promise<Figure[]> {
  const photos = await photoTrials(photosIn(data, PHOTOS), 380);
  const large = await largeTrials(
    ['PantrySmallISO/DSC_01_003.JPG', 'StLouisArch/StLouisArchMultExpEV+1.51.jpeg'].map((name) =>
      join(data, INTERIOR, name),
    ),
    60,
  );
  const real = [
    ...(await realTrials(join(data, INTERIOR, 'PantrySmallISO'), 30)),
    ...(await realTrials(join(data, INTERIOR, 'WikimediaWindow'), 30)),
  ];
  return [
    found('listing photos, exposed four stops apart', photos),
    found('the same at 24 megapixels, seen at a quarter of the width', large),
    found('real exposures four stops apart', real),
    found('all movements', [...photos, ...large, ...real]),
  ];
}

function found(what: string, trials: readonly Trial[]): Figure {
  const errors = trials.map(({ error }) => error).sort((a, b) => a - b);
  const at = (share: number): string => (errors[Math.floor(errors.length * share)] ?? 0).toFixed(3);
  const worst = trials.reduce((a, b) => (b.error > a.error ? b : a), { error: 0, what: '' });
  return {
    what: `movements found to ${EXACT} px: ${what}`,
    value: (100 * errors.filter((error) => error <= EXACT).length) / errors.length,
    unit: '%',
    target: { atLeast: 99 },
    note: `${errors.length} trials, median ${at(0.5)}, p99 ${at(0.99)}, worst ${worst.error.toFixed(3)} px (${worst.what})`,
  };
}

async function brackets(data: string, pool: Pool): Promise<Figure[]> {
  const verdicts = await judgeBrackets(data, { sets: BRACKETS, pool });
  const still = verdicts.filter(({ isShaken }) => !isShaken);
  const calm = verdicts.filter(({ isLively }) => !isLively);
  const rooms = await mixRooms(data, { photos: PHOTOS, brackets: BRACKETS }, 300);
  return [
    {
      what: 'two places as one bracket, not told apart',
      value: rooms.mixed.length,
      unit: '',
      target: { atMost: 0 },
      note: `${rooms.pairs} pairs${rooms.mixed.map((pair) => `; ${pair}`).join('')}`,
    },
    {
      what: 'frames of one place that were left out',
      value: sum(verdicts.map(({ dropped }) => dropped)),
      unit: '',
      target: { atMost: 0 },
      note: `${sum(verdicts.map(({ frames }) => frames))} frames of ${verdicts.length} brackets`,
    },
    {
      what: 'frames on a tripod that would be resampled',
      value: sum(still.map(({ resampled }) => resampled)),
      unit: '',
      target: { atMost: 0 },
      note: named(still, ({ resampled }) => resampled),
    },
    {
      what: 'ghosts seen where nothing moves, mean of the brackets',
      value: (100 * sum(calm.map(({ ghosts }) => ghosts))) / calm.length,
      unit: '% of the frame',
      target: { atMost: 0.1 },
      note: `${calm.length} brackets; ${named(calm, ({ ghosts }) => Math.round(ghosts * 1e5) / 1e3)}`,
    },
  ];
}

/** The brackets whose value is not 0. */
function named(verdicts: readonly Verdict[], value: (verdict: Verdict) => number): string {
  const wrong = verdicts.filter((verdict) => value(verdict) > 0);
  return wrong.map((verdict) => `${verdict.name} ${value(verdict)}`).join(', ') || 'none';
}

/** Scenes of different brightness and texture, for things to move in. */
const STAGES = [
  'brackets_interior/PantrySmallISO',
  'brackets_interior/WikimediaWindow',
  'brackets_mef17/BelgiumHouse',
  'brackets_mef17/House',
  'brackets_mef17/Office',
];

async function things(data: string): Promise<Figure[]> {
  const folders = STAGES.map((name) => join(data, name));
  const { persons, leaves } = await moveThings(folders, 8);
  return [
    detected('somebody who walks through', persons, 95),
    detected('thirty leaves in the wind', leaves, 85),
  ];
}

function detected(what: string, all: readonly Found[], atLeast: number): Figure {
  const shares = all.map(({ found: share }) => share).sort((a, b) => a - b);
  const wrong = Math.max(...all.map((one) => one.wrong));
  return {
    what: `visibly moved pixels shown in one state alone: ${what}`,
    value: (100 * sum(shares)) / shares.length,
    unit: '%',
    target: { atLeast },
    note: `${all.length} brackets, worst ${((shares[0] ?? 0) * 100).toFixed(0)} %; taken by mistake at most ${(wrong * 100).toFixed(3)} %`,
  };
}

/** Three exposures of 1.5 to 2 megapixels, one of them moved. */
async function times(data: string, pool: Pool): Promise<Figure[]> {
  const files = photosIn(data, INTERIOR, 'StLouisArch');
  const seen = await Promise.all(files.slice(0, 3).map((file, i) => seePhoto(file, i)));
  const { overview, full } = seen[0] ?? (await seePhoto(files[0] as string, 0));
  const shift = { ...full, left: 0, top: 0, width: full.width - 96, height: full.height - 96 };
  const by61: Homography = [1, 0, 61, 0, 1, 35, 0, 0, 1];
  const moved = await layOverview(pool, overview, { toFrame: by61, area: shift });
  const still = await layOverview(pool, overview, { toFrame: IDENTITY, area: shift });
  const size = { width: shift.width, height: shift.height };
  const pixels = `${((still.luma.width * still.luma.height) / 1e6).toFixed(1)} MP`;
  const time = (what: string, work: () => unknown, atMost: number): Figure => {
    const took = Array.from({ length: 7 }, () => {
      const start = performance.now();
      work();
      return performance.now() - start;
    }).sort((a, b) => a - b);
    const value = took[3] ?? 0;
    const note = `median of 7, fastest ${(took[0] ?? 0).toFixed(0)} ms`;
    return { what: `${what}, ${pixels}`, value, unit: 'ms', target: { atMost }, note };
  };
  const three = seen.map((one) => one.overview);
  return [
    time('aligning a pair that moved by 70 px', () => alignOverviews([still, moved], 0, size), 60),
    time('aligning a pair on a tripod', () => alignOverviews([still, still], 0, size), 60),
    time('ghosts of three exposures', () => ghostMasks(three, 0), 150),
  ];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

export const alignment: Judge = { name: 'alignment', needs: [PHOTOS, ...BRACKETS], measure };
