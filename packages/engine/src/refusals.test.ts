import { describe, expect, it } from 'vitest';
import { enhance } from './enhance.ts';
import type { LimitOptions } from './options/options.ts';
import type { InputFrame, Progress } from './steps/step.ts';
import { failureOf } from './testing/failure-of.ts';
import {
  makeBracket,
  onePixel,
  pngBomb,
  textNamedJpg,
  truncatedJpeg,
  zeroBytes,
} from './testing/pictures.ts';

describe('refusing', { timeout: 30_000 }, () => {
  const refused: readonly (readonly [string, () => InputFrame | Promise<InputFrame>])[] = [
    ['truncated', truncatedJpeg],
    ['empty_file', zeroBytes],
    ['not_an_image', textNamedJpg],
    ['too_many_pixels', pngBomb],
    ['too_small', onePixel],
  ];

  it.each(refused)('%s, naming the file', async (code, make) => {
    const frame = await make();
    const error = await failureOf(enhance([frame]));
    expect(error.code).toBe(code);
    expect(error.message).toContain(frame.name);
  });

  it('a picture bomb without decoding it: fast and without memory', async () => {
    const bomb = pngBomb();
    const before = process.memoryUsage().rss;
    await failureOf(enhance([bomb, bomb, bomb]));
    expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000);
  });

  it('no frames, too many frames, and frames of different sizes', async () => {
    const [frame] = await makeBracket({ width: 60, height: 40, evs: [0] });
    const [other] = await makeBracket({ width: 80, height: 40, evs: [0], seed: 2 });
    if (frame === undefined || other === undefined) throw new Error('brackets have frames');
    expect((await failureOf(enhance([]))).code).toBe('no_frames');
    expect((await failureOf(enhance(Array.from({ length: 10 }, () => frame)))).code).toBe(
      'too_many_frames',
    );
    const mismatch = await failureOf(enhance([frame, other]));
    expect(mismatch.code).toBe('size_mismatch');
    expect(mismatch.message).toContain(
      '"IMG_0100.jpg" is 60 x 40 pixels, "IMG_0200.jpg" is 80 x 40',
    );
    expect(
      await failureOf(enhance([frame, frame], { limits: { maxTotalPixels: 4000 } })),
    ).toMatchObject({
      code: 'too_many_pixels',
      message:
        'The 2 exposures of 60 x 40 pixels have 4,800 pixels together. At most 4,000 pixels can be worked on at once.',
    });
  });

  it('what is beyond a limit, with what came and what is allowed', async () => {
    const [frame] = await makeBracket({ width: 60, height: 40, evs: [0] });
    if (frame === undefined) throw new Error('brackets have frames');
    const refusal = async (limits: LimitOptions) =>
      (await failureOf(enhance([frame], { limits }))).message;
    expect(await refusal({ maxPixels: 1200 })).toBe(
      '"IMG_0100.jpg" is 60 x 40 pixels (2,400 pixels). At most 1,200 pixels can be worked on, in this shape 42 x 28 pixels.',
    );
    const came = new Intl.NumberFormat('en').format(frame.bytes.length);
    expect(await refusal({ maxFileBytes: 1000 })).toBe(
      `"IMG_0100.jpg" has ${came} bytes. Files may have at most 1,000 bytes.`,
    );
  });

  it('stops soon after it is cancelled, in the middle of a step', async () => {
    const frames = await makeBracket({ width: 900, height: 600 });
    const controller = new AbortController();
    const seen: Progress[] = [];
    const onProgress = (progress: Progress): void => {
      seen.push(progress);
      if (progress.step === 'merge' && progress.fraction > 0.3) controller.abort();
    };
    expect(
      (await failureOf(enhance(frames, {}, { onProgress, signal: controller.signal }))).code,
    ).toBe('cancelled');
    expect(seen.at(-1)?.step).toBe('merge');
  });
});

describe('what is no list of files', () => {
  it.each([
    ['a path', ['a.jpg']],
    ['a name alone', [{ name: 'a.jpg' }]],
    ['bytes that are not there yet', [{ name: 'a.jpg', bytes: Promise.resolve() }]],
    ['nothing', undefined],
  ])('%s is refused with what is expected', async (_, frames) => {
    const error = await failureOf(enhance(frames as unknown as InputFrame[]));
    expect(error.code).toBe('invalid_request');
    expect(error.message).toContain('{ name, bytes }');
  });
});
