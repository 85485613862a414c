import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import type { ResolvedOptions } from '../options/options.ts';
import { resolveOptions } from '../options/resolve-options.ts';
import { Arena } from '../parallel/arena.ts';
import { Pool } from '../parallel/pool.ts';
import { makeBracket } from '../testing/pictures.ts';
import { windowBracket } from '../testing/window-bracket.ts';
import { PIPELINE } from './built-steps.ts';
import { newJob } from './new-job.ts';
import type { InputFrame, Step } from './step.ts';

const pools: Pool[] = [];
afterAll(async () => {
  for (const pool of pools) await pool.stop();
});

/** Settings that write down who asks for which of them. */
function watched(options: ResolvedOptions, asked: (name: string) => void): ResolvedOptions {
  const steps = new Proxy(options.steps, {
    get: (target, name, receiver): unknown => {
      if (typeof name === 'string') asked(name);
      return Reflect.get(target, name, receiver);
    },
    // Whoever takes all of them reads all of them.
    ownKeys: (target) => {
      for (const name of Object.keys(target)) asked(name);
      return Reflect.ownKeys(target);
    },
  });
  return { ...options, steps };
}

/** The settings of other steps that each of `steps` reads while it works on these frames. */
async function readsOf(
  steps: readonly Step[],
  frames: readonly InputFrame[],
  options: ResolvedOptions,
): Promise<Map<string, string[]>> {
  const pool = await Pool.start(new Arena(), 1);
  pools.push(pool);
  const seen = new Map<string, Set<string>>(steps.map(({ name }) => [name, new Set()]));
  let current = '';
  const job = newJob({
    frames,
    options: watched(options, (name) => {
      if (name !== current) seen.get(current)?.add(name);
    }),
    pool,
    onFirstLook: () => undefined,
    pulse: async () => undefined,
  });
  const switches: Partial<Record<string, { readonly enabled: boolean }>> = options.steps;
  for (const step of steps) {
    if (step.name !== 'merge' && switches[step.name]?.enabled === false) continue;
    current = step.name;
    await step.run(job);
    current = '';
  }
  return new Map([...seen].map(([name, names]) => [name, [...names].sort()]));
}

/** Steps that decide on the small photo, and may have to again. */
const BEFORE_FULL_SIZE = PIPELINE.filter(({ name }) => name !== 'encode' && name !== 'inspect');

const BOXES = [{ left: 0.1, top: 0.1, width: 0.2, height: 0.2 }];

async function windowPhotos(): Promise<InputFrame[]> {
  const shots = windowBracket([0, -3].map((ev) => ({ ev, width: 300, height: 200 })));
  return await Promise.all(
    shots.map(async ({ name, picture: { width, height, data } }) => {
      const image = sharp(
        Uint8Array.from(data, (code) => code / 257),
        {
          raw: { width, height, channels: 3 },
        },
      );
      return { name, bytes: await image.png().toBuffer() };
    }),
  );
}

const BRACKETS: readonly (readonly [string, () => Promise<readonly InputFrame[]>])[] = [
  ['three exposures', () => makeBracket({ width: 360, height: 240 })],
  ['one exposure', () => makeBracket({ width: 240, height: 160, evs: [0] })],
  ['a window', windowPhotos],
];

const RECIPES = [
  { privacy: { boxes: BOXES }, lens: { darkening: 1 } },
  { privacy: true, lens: { darkening: 1 }, verticals: false },
  { merge: false, align: false, lens: { darkening: 1 }, whiteBalance: { lightWeight: 1 } },
] as const;

describe('what a step says it reads', { timeout: 60_000 }, () => {
  it('is what it reads: settings of others that are missing would not be decided on again', async () => {
    const found = new Map<string, Set<string>>();
    for (const [, make] of BRACKETS) {
      const frames = await make();
      for (const steps of RECIPES) {
        const reads = await readsOf(BEFORE_FULL_SIZE, frames, resolveOptions({ steps }));
        for (const [name, names] of reads)
          found.set(name, new Set([...(found.get(name) ?? []), ...names]));
      }
    }
    const declared = BEFORE_FULL_SIZE.map(({ name, reads = [] }) => [name, [...reads].sort()]);
    expect([...found].map(([name, names]) => [name, [...names].sort()])).toEqual(declared);
  });

  it('is told by steps that read one, or take all', async () => {
    const ran = { ran: true, facts: {} } as const;
    const one: Step = {
      name: 'tone',
      cost: 1,
      run: async ({ options }) => (options.steps.sharpen.enabled ? ran : ran),
    };
    const all: Step = {
      name: 'denoise',
      cost: 1,
      run: async ({ options }) => ({ ran: true, facts: { text: JSON.stringify(options.steps) } }),
    };
    const reads = await readsOf([one, all], [], resolveOptions());
    expect(reads.get('tone')).toEqual(['sharpen']);
    expect(reads.get('denoise')).toContain('privacy');
  });
});
