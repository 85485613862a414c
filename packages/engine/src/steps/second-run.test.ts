import { afterEach, expect, it, vi } from 'vitest';
import { enhance } from '../enhance.ts';
import { makeBracket } from '../testing/pictures.ts';
import { encode } from './encode.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

it('a photo that cannot be made once more goes out as it was made first, and says so', async () => {
  const first = encode.run;
  const run = vi.spyOn(encode, 'run').mockImplementation(async (job) => {
    if (run.mock.calls.length > 1) throw new Error('no memory is left');
    return await first(job);
  });
  const frames = await makeBracket({ width: 480, height: 320 });
  // Rims that only the finished photo has.
  const { image, report, recipe } = await enhance(frames, {
    preset: 'luxury',
    steps: { sharpen: { amount: 2, radius: 3, haloCap: 0.5 } },
  });
  expect(run).toHaveBeenCalledTimes(2);
  expect([image.width, image.height]).toEqual([480, 320]);
  expect(report.warnings.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['halo', 'not_made_again']),
  );
  expect(report.fallbacks.flatMap(({ changed }) => changed)).not.toContain('sharpen');
  expect(recipe.steps).toContain('sharpen');
}, 30_000);
