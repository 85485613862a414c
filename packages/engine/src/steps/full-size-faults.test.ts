import { describe, expect, it } from 'vitest';
import { enhance } from '../enhance.ts';
import type { EnhanceOptions } from '../index.ts';
import { judge } from '../inspect/judge.ts';
import { QUALITY_RULES } from '../inspect/rules.ts';
import { saferAtFullSize } from '../inspect/safer-at-full-size.ts';
import { resolveOptions } from '../options/resolve-options.ts';
import { makeBracket } from '../testing/pictures.ts';

/** Far more sharpening than any preset does: rims that the small photo does not have. */
const HARSH: EnhanceOptions = {
  preset: 'luxury',
  steps: { sharpen: { amount: 2, radius: 3, haloCap: 0.5 } },
  firstLook: { name: 'look', maxWidth: 200 },
  previews: [{ name: 'small', maxWidth: 240 }],
};

const rule = (code: string) => {
  const found = QUALITY_RULES.find((one) => one.code === code);
  if (found === undefined) throw new Error(`no rule ${code}`);
  return found;
};

describe('a fault of the finished photo alone', () => {
  it('has the photo made once more without the step to blame, and says so', async () => {
    const frames = await makeBracket({ width: 480, height: 320 });
    let looks = 0;
    const { report, recipe, previews } = await enhance(frames, HARSH, {
      onFirstLook: () => {
        looks++;
      },
    });
    const fallback = report.fallbacks.find(({ changed }) => changed.includes('sharpen'));
    expect(fallback).toEqual({
      code: 'halo',
      message: rule('halo').message,
      changed: ['sharpen'],
    });
    expect(judge(report.measurements).map(({ code }) => code)).not.toContain('halo');
    expect(report.warnings.map(({ code }) => code)).not.toContain('halo');
    expect(recipe.steps).not.toContain('sharpen');
    // What was asked for stays on record, and leads to the same again.
    expect(recipe.options.steps.sharpen).toMatchObject({ enabled: true, amount: 2 });
    expect(previews.map(({ width }) => width)).toEqual([240]);
    expect(looks).toBe(1);
  }, 30_000);

  it('costs nothing where there is none', async () => {
    const frames = await makeBracket({ width: 480, height: 320, evs: [0] });
    const entered: string[] = [];
    const { recipe } = await enhance(frames, {}, { onProgress: ({ step }) => entered.push(step) });
    expect(recipe.steps).toContain('sharpen');
    expect(entered.lastIndexOf('decode')).toBeLessThan(entered.indexOf('encode'));
  });
});

describe('what to do without at full size', () => {
  const options = resolveOptions();
  const none = { longSide: 2000, broken: [], brokenBefore: [] };

  it('is what the rule names, of the steps that happen there only', () => {
    const halo = saferAtFullSize(options, { ...none, broken: [rule('halo')] });
    expect(halo?.steps.sharpen.enabled).toBe(false);
    expect(halo?.steps.tone).toEqual(options.steps.tone);
    const blurred = saferAtFullSize(options, { ...none, broken: [rule('blurred')] });
    expect(blurred?.steps.denoise.enabled).toBe(false);
    expect(blurred?.steps.merge).toEqual(options.steps.merge);
  });

  it('is nothing for a fault that was there before, that came with the exposures, or of a large photo', () => {
    const [halo, dark] = [rule('halo'), rule('too_dark')];
    expect(saferAtFullSize(options, { ...none, broken: [halo], brokenBefore: [halo] })).toBe(null);
    expect(saferAtFullSize(options, { ...none, broken: [dark] })).toBe(null);
    expect(saferAtFullSize(options, { ...none, longSide: 6000, broken: [halo] })).toBe(null);
    const without = resolveOptions({ steps: { sharpen: false } });
    expect(saferAtFullSize(without, { ...none, broken: [halo] })).toBe(null);
  });
});
