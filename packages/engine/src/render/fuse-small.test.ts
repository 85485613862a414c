import { afterAll, beforeAll, expect, test } from 'vitest';
import { fuseOverviews } from '../merge/fuse-overviews.ts';
import { planFusion } from '../merge/plan-fusion.ts';
import { halfOf } from '../merge/planning-copies.ts';
import { Arena } from '../parallel/arena.ts';
import { Pool } from '../parallel/pool.ts';
import { renderInterior } from '../testing/interior.ts';
import { overviewOf } from '../testing/views.ts';
import { fuseSmall } from './fuse-small.ts';

let pool: Pool;

beforeAll(async () => {
  pool = await Pool.start(new Arena(), 2);
});

afterAll(async () => {
  await pool.stop();
});

test.each([
  ['a bracket', 241, 163, [-3, -1, 1]],
  ['a bracket planned at half its size', 242, 163, [-2, 0, 2]],
  ['one photo with its copies', 120, 91, [-1]],
])('%s looks as in plain code', async (name, width, height, evs) => {
  const scene = renderInterior(width, height, 5);
  const overviews = evs.map((ev, frame) => overviewOf(scene, { ev }, frame));
  const plan = planFusion(name.includes('half') ? overviews.map(halfOf) : overviews, null);
  const before = pool.arena.take(0);
  const { data } = await fuseSmall(pool, overviews, plan);
  expect(pool.arena.take(0)).toBe(before);
  const plain = fuseOverviews(overviews, plan);
  let [worst, sum] = [0, 0];
  for (let i = 0; i < data.length; i++) {
    const error = Math.abs((data[i] as number) - (plain.data[i] as number)) / 65_535;
    worst = Math.max(worst, error);
    sum += error;
  }
  expect(data).toHaveLength(3 * width * height);
  // A step of 8 bits is 0.004.
  expect(worst).toBeLessThan(0.004);
  expect(sum / data.length).toBeLessThan(0.0005);
});

test('a plan without layers or for exposures that are not there is refused', async () => {
  await expect(fuseSmall(pool, [], { scale: 1, layers: [] })).rejects.toThrow(RangeError);
  const overviews = [0, 2].map((ev, frame) => overviewOf(renderInterior(64, 48, 5), { ev }, frame));
  const plan = planFusion(overviews, null);
  await expect(fuseSmall(pool, overviews.slice(0, 1), plan)).rejects.toThrow('no exposure 1');
});
