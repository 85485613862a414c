import { join } from 'node:path';
import { fuseOverviews } from '../../packages/engine/src/merge/fuse-overviews.ts';
import { planFusion } from '../../packages/engine/src/merge/plan-fusion.ts';
import { planningCopies } from '../../packages/engine/src/merge/planning-copies.ts';
import { BASE_SETTINGS } from '../../packages/engine/src/options/presets.ts';
import { createPicture } from '../../packages/engine/src/pixels/picture.ts';
import { createMefSsim } from '../../packages/engine/src/testing/mef-ssim.ts';
import { overviewOfPicture } from '../../packages/engine/src/testing/views.ts';
import { mertens } from './fusion/mertens.ts';
import { outOfRange } from './fusion/out-of-range.ts';
import { type FusionPeer, findFusionPeers } from './fusion/peers.ts';
import { type Bracket, listScenes, readScene } from './fusion/scenes.ts';
import type { Figure, Judge } from './judge.ts';

const SET = 'brackets_mef17';

/** What fusion keeps of its exposures, on the 17 scenes with all of their frames, as they are. */
export const fusion: Judge = {
  name: 'fusion',
  needs: [SET],
  measure: async (data) => {
    const { peers, missing } = findFusionPeers();
    const scenes: SceneResult[] = [];
    for (const name of await listScenes(join(data, SET)))
      scenes.push(await judgeScene(await readScene(join(data, SET), name), [...OWN, ...peers]));
    return figuresOf(scenes, missing);
  },
};

const OURS = 'engine';

const OWN: readonly FusionPeer[] = [
  { name: OURS, fuse: async (bracket) => fuse(bracket) },
  { name: 'Mertens 2007', fuse: async (bracket) => mertens(bracket) },
  { name: 'plain mean', fuse: async (bracket) => mean(bracket) },
];

interface SceneResult {
  readonly name: string;
  /** MEF-SSIM by program. */
  readonly scores: Readonly<Record<string, number>>;
  /** Percent of our pixels. */
  readonly outside: number;
}

async function judgeScene(bracket: Bracket, programs: readonly FusionPeer[]): Promise<SceneResult> {
  const judge = createMefSsim(bracket.exposures, bracket);
  const scores: Record<string, number> = {};
  let outside = 0;
  for (const { name, fuse } of programs) {
    const fused = await fuse(bracket);
    scores[name] = judge(fused).score;
    if (name === OURS) outside = outOfRange(bracket, fused);
  }
  return { name: bracket.name, scores, outside };
}

function fuse({ exposures, width, height }: Bracket): Uint8Array {
  const overviews = exposures.map((codes, frame) => {
    const picture = createPicture(width, height);
    for (let i = 0; i < codes.length; i++) picture.data[i] = 257 * (codes[i] as number);
    return overviewOfPicture(picture, frame);
  });
  const plan = planFusion(planningCopies(overviews), null, BASE_SETTINGS.merge);
  return Uint8Array.from(fuseOverviews(overviews, plan).data, (code) => Math.round(code / 257));
}

function mean({ exposures }: Bracket): Uint8Array {
  const [first = new Uint8Array()] = exposures;
  return first.map((_, i) =>
    Math.round(exposures.reduce((sum, codes) => sum + (codes[i] as number), 0) / exposures.length),
  );
}

function figuresOf(scenes: readonly SceneResult[], missing: readonly string[]): Figure[] {
  const programs = Object.keys(scenes[0]?.scores ?? {});
  const ofAll = (sum: (scores: readonly number[]) => number): Record<string, number> =>
    Object.fromEntries(
      programs.map((name) => [name, sum(scenes.map(({ scores }) => scores[name] ?? 0))]),
    );
  const averages = ofAll((scores) => scores.reduce((sum, value) => sum + value, 0) / scores.length);
  const lowest = ofAll((scores) => Math.min(...scores));
  const skipped = missing.length > 0 ? `; not installed: ${missing.join(', ')}` : '';
  const worst = [...scenes].sort((a, b) => b.outside - a.outside)[0];
  return [
    {
      what: `MEF-SSIM, ${scenes.length} scenes with all their exposures, mean`,
      value: averages[OURS] ?? 0,
      unit: '',
      target: { atLeast: 0.98 },
      note: `${scenes.map(({ name, scores }) => `${name} ${scores[OURS]?.toFixed(4)}`).join(', ')}${skipped}`,
      peers: without(averages, OURS),
    },
    {
      what: 'the same, lowest scene',
      value: lowest[OURS] ?? 0,
      unit: '',
      target: { atLeast: 0.96 },
      note: scenes.find(({ scores }) => scores[OURS] === lowest[OURS])?.name ?? '',
      peers: without(lowest, OURS),
    },
    {
      what: 'pixels more than 2 % beyond all exposures around them, all scenes',
      value: scenes.reduce((sum, { outside }) => sum + outside, 0) / Math.max(1, scenes.length),
      unit: '%',
      target: { atMost: 0.2 },
      note: `worst: ${worst?.name} ${worst?.outside.toFixed(2)} %`,
    },
  ];
}

function without(record: Readonly<Record<string, number>>, key: string): Record<string, number> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}
