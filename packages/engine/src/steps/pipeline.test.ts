import { beforeAll, describe, expect, it } from 'vitest';
import { type EnhanceResult, enhance } from '../enhance.ts';
import { QUALITY_RULES } from '../inspect/rules.ts';
import { saferOptions } from '../inspect/safer.ts';
import type { EnhanceOptions } from '../options/options.ts';
import { resolveOptions } from '../options/resolve-options.ts';
import { makeBracket } from '../testing/pictures.ts';
import type { InputFrame, Progress } from './step.ts';

/** So bright that much of what the exposures show is lost. */
const WILD: EnhanceOptions = {
  steps: {
    tone: {
      ...{ brightness: 0.9, strength: 1, whiteClip: 5 },
      ...{ localContrast: 1, lift: 1, liftTarget: 0.95 },
    },
  },
};

describe('a recipe with faults', { timeout: 30_000 }, () => {
  let frames: InputFrame[];
  let result: EnhanceResult;
  const seen: Progress[] = [];
  let looks = 0;

  beforeAll(async () => {
    frames = await makeBracket({ width: 360, height: 240 });
    result = await enhance(
      frames,
      { ...WILD, firstLook: { name: 'look', maxWidth: 200 } },
      {
        onProgress: (progress) => seen.push(progress),
        onFirstLook: () => {
          looks += 1;
        },
      },
    );
  });

  it('is named with what was changed, and shown once', () => {
    expect(result.report.fallbacks.length).toBeGreaterThan(0);
    for (const { changed } of result.report.fallbacks) expect(changed).toContain('merge');
    expect(looks).toBe(1);
  });

  it('is decided again from the first changed step on, and not before', () => {
    const begun = seen.filter(({ fraction }) => fraction === 0).map(({ step }) => step);
    const times = (name: string) => begun.filter((step) => step === name).length;
    expect([times('decode'), times('align'), times('encode')]).toEqual([1, 1, 1]);
    expect([times('merge'), times('tone')]).toEqual([2, 2]);
  });

  it('ends as the safer recipe does from the start', async () => {
    const broken = QUALITY_RULES.filter(({ code }) =>
      result.report.fallbacks.some((fallback) => fallback.code === code),
    );
    const safer = saferOptions(resolveOptions(WILD), broken);
    expect(safer).not.toBeNull();
    const again = await enhance(frames, safer as EnhanceOptions);
    expect(again.report.fallbacks).toEqual([]);
    expect(Buffer.from(result.image.bytes).equals(Buffer.from(again.image.bytes))).toBe(true);
  });
});
