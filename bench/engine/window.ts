import { join } from 'node:path';
import { fuseOverviews } from '../../packages/engine/src/merge/fuse-overviews.ts';
import { planFusion } from '../../packages/engine/src/merge/plan-fusion.ts';
import { planningCopies } from '../../packages/engine/src/merge/planning-copies.ts';
import { applyWindow } from '../../packages/engine/src/window/apply-window.ts';
import { planWindow } from '../../packages/engine/src/window/plan-window.ts';
import type { Figure, Judge } from './judge.ts';
import { loadBracket } from './window/bracket.ts';
import { leftAlone } from './window/left-alone.ts';
import { measureWindow, type WindowFigures } from './window/measure.ts';
import { NO_WINDOWS, STREETS } from './window/no-windows.ts';
import { SCENES, type Scene } from './window/scenes.ts';

/*
 * What the windows of four rooms look like before and after their view is taken from darker exposures.
 * A window is what reference/photos.md 6.5 calls one: clipped in the exposure of the room, recoverable
 * in a darker one. That takes in sunlit frames and a shining table; what is behind glass by an outline
 * drawn by hand is told beside it. The room is what is outside of these outlines. And how often something
 * is pulled where no room has a window.
 */

type Measured = {
  readonly name: string;
  readonly before: WindowFigures;
  readonly after: WindowFigures;
  readonly behindGlass: WindowFigures;
};

async function measureScene(data: string, scene: Scene): Promise<Measured> {
  const overviews = await loadBracket(join(data, scene.folder));
  const fused = fuseOverviews(overviews, planFusion(planningCopies(overviews), null));
  const outcome = planWindow(overviews, fused);
  const result = outcome.plan === null ? fused : applyWindow(fused, overviews, outcome.plan);
  const bracket = { overviews, fused, glass: scene.glass };
  return {
    name: scene.name,
    before: measureWindow(bracket, fused, false),
    after: measureWindow(bracket, result, false),
    behindGlass: measureWindow(bracket, result, true),
  };
}

async function measure(data: string): Promise<readonly Figure[]> {
  const scenes: Measured[] = [];
  for (const scene of SCENES) scenes.push(await measureScene(data, scene));
  const worst = (pick: (values: readonly number[]) => number, key: keyof WindowFigures): number =>
    pick(scenes.map(({ after }) => after[key]));
  const most = (values: readonly number[]) => Math.max(...values);
  const least = (values: readonly number[]) => Math.min(...values);
  return [
    {
      what: 'window pixels at 250 or more, worst of 4 rooms',
      value: 100 * worst(most, 'blown'),
      unit: '%',
      target: { atMost: 1 },
      note: notesOf(scenes, 'blown', (value) => `${(100 * value).toFixed(1)} %`),
    },
    {
      what: 'mean luma of windows, brightest',
      value: worst(most, 'mean'),
      unit: '',
      target: { atMost: 205 },
      note: notesOf(scenes, 'mean', (value) => value.toFixed(0)),
    },
    {
      what: 'mean luma of windows, darkest',
      value: worst(least, 'mean'),
      unit: '',
      target: { atLeast: 150 },
    },
    {
      what: 'gradients of windows, correlation with their best exposure, worst',
      value: worst(least, 'gradients'),
      unit: '',
      target: { atLeast: 0.95 },
      note: notesOf(scenes, 'gradients', (value) => value.toFixed(3)),
    },
    {
      what: 'change of the room more than 24 px away, worst mean',
      // Frames and tables count as room here.
      value: most(scenes.map(({ behindGlass }) => behindGlass.roomChange)),
      unit: 'dE00',
      target: { atMost: 0.5 },
      note: notesOf(scenes, 'roomChange', (value) => value.toFixed(3)),
    },
    {
      what: 'change of a ring of 3 px of the room around windows, worst mean',
      value: worst(most, 'halo'),
      unit: 'L*',
      target: { atMost: 2 },
      note: notesOf(scenes, 'halo', (value) => value.toFixed(1)),
    },
    ...(await leftAlone(data)),
  ];
}

/** Each room's figure before and after, and behind glass. */
function notesOf(
  scenes: readonly Measured[],
  key: keyof WindowFigures,
  shown: (value: number) => string,
): string {
  return scenes
    .map(({ name, before, after, behindGlass }) => {
      const change = `${shown(before[key])} -> ${shown(after[key])}`;
      return `${name} ${change} (behind glass ${shown(behindGlass[key])})`;
    })
    .join('; ');
}

/** The view through windows. */
export const window: Judge = {
  name: 'window',
  needs: [...SCENES.map(({ folder }) => folder), ...NO_WINDOWS, STREETS],
  measure,
};
