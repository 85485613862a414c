import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { EngineError } from '../errors.ts';
import { resolveOptions } from '../options/resolve-options.ts';
import { Arena } from '../parallel/arena.ts';
import { Pool } from '../parallel/pool.ts';
import { boxMean } from '../pixels/box-mean.ts';
import type { Picture, Plane } from '../pixels/picture.ts';
import { linearToSrgb } from '../pixels/srgb.ts';
import { checkNotLost } from '../steps/inspect.ts';
import { pictureOf } from '../testing/fixtures.ts';
import { renderInterior } from '../testing/interior.ts';
import { createRandom } from '../testing/random.ts';
import { judge } from './judge.ts';
import { type Measurements, measure } from './measurements.ts';
import { QUALITY_RULES } from './rules.ts';
import { saferOptions } from './safer.ts';
import { smallCopy, smallSize } from './small-copy.ts';
import { type Witnesses, witnessesOf } from './witnesses.ts';

let pool: Pool;
beforeAll(async () => {
  pool = await Pool.start(new Arena(), 1);
});
afterAll(async () => await pool.stop());

const { width, height, radiance } = renderInterior(240, 160, 4);

type Change = (value: number, channel: number, at: number) => number;

/** The synthetic room with every encoded value changed by `change`. */
function room(change: Change = (value) => value): Picture {
  return pictureOf(width, height, (x, y) => {
    const at = y * width + x;
    return [0, 1, 2].map((c) => {
      const seen = 0.86 * linearToSrgb(Math.min(1, (radiance[3 * at + c] as number) * 1.6));
      return Math.min(1, Math.max(0, change(seen, c, at)));
    }) as [number, number, number];
  });
}

const reference = room();

/** One exposure darker: it shows what the room's exposure has white. */
const darker = pictureOf(width, height, (x, y) => {
  const at = (y * width + x) * 3;
  return [0, 1, 2].map((c) => linearToSrgb(Math.min(0.98, (radiance[at + c] as number) * 0.1))) as [
    number,
    number,
    number,
  ];
});

async function inspected(
  photo: Picture,
  exposures: readonly Picture[] = [reference],
): Promise<Measurements> {
  return measure(photo, await witnessesFor(photo, exposures));
}

async function witnessesFor(photo: Picture, pictures: readonly Picture[]): Promise<Witnesses> {
  return await witnessesOf(pictures, 0, { photo, asSeen: null, views: null, pool });
}

async function codes(photo: Picture, exposures?: readonly Picture[]): Promise<string[]> {
  return judge(await inspected(photo, exposures)).map(({ code }) => code);
}

function channel(picture: Picture, c: number): Plane {
  const data = Float32Array.from(
    { length: width * height },
    (_, i) => (picture.data[3 * i + c] as number) / 65535,
  );
  return { width, height, data };
}

describe('judging a photo', () => {
  it('has nothing to say about a good one, brighter and with more contrast than its exposure', async () => {
    expect(await codes(reference)).toEqual([]);
    expect(await codes(room((value) => value ** 0.8))).toEqual([]);
    expect(await codes(room((value) => value + 0.15 * value * (1 - value)))).toEqual([]);
  });

  it.each<[string, Change]>([
    ['too_dark', (value) => value * 0.3],
    ['too_bright', (value) => 0.86 + value * 0.1],
    ['blown_highlights', (value) => value * 1.8],
    ['highlights_lost', (value) => (value > 0.75 ? 1 : value)],
    ['blocked_shadows', (value) => value - 0.35],
    ['color_cast', (value, c) => value * ([1.06, 1, 0.86][c] ?? 1)],
  ])('says %s', async (code, change) => {
    expect(await codes(room(change))).toContain(code);
  });

  it('says that a view is lost which a darker exposure shows', async () => {
    const white = room((value) => (value > 0.85 ? 1 : value));
    expect(await codes(white, [white])).not.toContain('highlights_lost');
    expect(await codes(white, [white, darker])).toContain('highlights_lost');
  });

  it('says noisy, but not of the grain of a clean exposure', async () => {
    const random = createRandom(1);
    const grain = (sigma: number) =>
      (random() + random() + random() + random() - 2) * Math.sqrt(3) * (sigma / 255);
    const grainy = room((value) => value + grain(14));
    expect(await codes(grainy)).toContain('noisy');
    expect(await codes(room((value) => value + grain(1)))).toEqual([]);
    const wall = (sigma: number) =>
      pictureOf(width, height, (x) => {
        const value = 0.4 + x / 1000 + grain(sigma);
        return [value, value, value];
      });
    expect(await codes(wall(8), [wall(0.5)])).toContain('grain_added');
    // What came with the exposure is not the engine's fault.
    expect(await codes(wall(8), [wall(8)])).not.toContain('grain_added');
  });

  it('says blurred of a photo softer than its exposures', async () => {
    const planes = [0, 1, 2].map((c) => boxMean(boxMean(channel(reference, c), 1), 1));
    const blurred = room((_, c, at) => planes[c]?.data[at] ?? 0);
    expect(await codes(blurred)).toContain('blurred');
    // A soft exposure is not the engine's fault.
    expect(await codes(blurred, [blurred])).not.toContain('blurred');
  });

  it('says halo of rims along edges', async () => {
    const planes = [0, 1, 2].map((c) => boxMean(channel(reference, c), 14));
    const rimmed = room((value, c, at) => value + 0.5 * (value - (planes[c]?.data[at] ?? 0)));
    expect(await codes(rimmed)).toContain('halo');
    expect((await inspected(rimmed)).halo).toBeGreaterThan((await inspected(reference)).halo + 6);
  });

  it('says ghosts where another room shines through', async () => {
    const other = renderInterior(width, height, 9);
    const mixed = room((value, c, at) => {
      const mirrored = at - (at % width) + (width - 1 - (at % width));
      return 0.6 * value + 0.4 * linearToSrgb(Math.min(1, other.radiance[3 * mirrored + c] ?? 0));
    });
    const found = await codes(mixed);
    expect(found.includes('ghosts') || found.includes('structure_lost')).toBe(true);
  });
});

test('a surface that is pale in the reference decides about a cast, not a red one', async () => {
  const painted = room((value, c) => (c === 0 ? Math.min(1, value * 1.9 + 0.2) : value * 0.5));
  expect(Math.abs((await inspected(painted, [painted])).castAdded)).toBe(0);
});

test('small copies keep the mean and take the size they are asked for', () => {
  const large = pictureOf(1601, 1067, (x, y) => [x / 1601, y / 1067, 0.5]);
  const small = smallSize(large);
  expect(small).toEqual({ width: 768, height: 512 });
  const copy = smallCopy(large, small);
  const sums = [0, 0, 0];
  copy.data.forEach((value, i) => {
    sums[i % 3] = (sums[i % 3] ?? 0) + value;
  });
  for (const sum of sums) expect(sum / 65535 / (768 * 512)).toBeCloseTo(0.5, 2);
  expect(smallCopy(copy, small)).toBe(copy);
});

test.each([
  [1, 1],
  [16, 16],
  [700, 2],
])('%i x %i pixels are measured without nonsense', async (w, h) => {
  const flat = pictureOf(w, h, () => [0.5, 0.5, 0.5]);
  const measured = await inspected(flat, [flat]);
  for (const value of Object.values(measured))
    expect(value === null || Number.isFinite(value)).toBe(true);
  expect(judge(measured).map(({ code }) => code)).toEqual(['soft']);
});

describe('a safer recipe', () => {
  const options = resolveOptions({});
  const rulesFor = async (photo: Picture) => judge(await inspected(photo));

  it('does without what led to the fault', async () => {
    const safer = saferOptions(
      options,
      await rulesFor(room((value, c) => value * (c === 2 ? 0.8 : 1))),
    );
    expect(safer?.steps.whiteBalance.enabled).toBe(false);
    expect(safer?.steps.tone).toEqual(options.steps.tone);
    expect(options.steps.whiteBalance.enabled).toBe(true);
  });

  it('merges lost highlights from darker exposures, and tells what else helps', () => {
    const lost = QUALITY_RULES.filter(({ code }) => code === 'highlights_lost');
    expect(saferOptions(options, lost)?.steps.merge.target).toBe(0.35);
    const wish = resolveOptions({ steps: { merge: { target: 0.3 } } });
    expect(saferOptions(wish, lost)?.steps.merge.target).toBe(0.3);
    expect(lost[0]?.message).toContain('leave out the brightest exposure');
  });

  it('is not looked for where the fault came with the exposures, or everything was tried', async () => {
    expect(saferOptions(options, await rulesFor(room((value) => value * 0.3)))).toBeNull();
    const broken = await rulesFor(room((value, c) => value * (c === 2 ? 0.8 : 1)));
    const once = saferOptions(options, broken);
    expect(once === null ? null : saferOptions(once, broken)).toBeNull();
  });
});

test('a photo that came out black is not handed out as finished', async () => {
  expect(() => checkNotLost({ meanLuma: 0.0001 }, 0.3)).toThrow(EngineError);
  expect(() => checkNotLost({ meanLuma: 0.0001 }, 0.005)).not.toThrow();
  expect(() => checkNotLost({ meanLuma: 0.2 }, 0.3)).not.toThrow();
});
