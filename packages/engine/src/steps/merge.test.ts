import { expect, it } from 'vitest';
import { enhance } from '../enhance.ts';
import { makeBracket } from '../testing/pictures.ts';
import type { InputFrame } from './step.ts';

it('says so when all exposures are equally bright', { timeout: 30_000 }, async () => {
  const [frame] = await makeBracket({ width: 360, height: 240 });
  const copies = [1, 2, 3].map((n) => ({ ...(frame as InputFrame), name: `copy-${n}.jpg` }));
  const { report } = await enhance(copies);
  expect(report.warnings.map(({ code }) => code)).toContain('same_exposure');
  const bracket = await enhance(await makeBracket({ width: 360, height: 240 }));
  expect(bracket.report.warnings.map(({ code }) => code)).not.toContain('same_exposure');
});
