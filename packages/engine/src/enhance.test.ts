import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { type EnhanceResult, enhance } from './enhance.ts';
import { readFrameInfo } from './frames/read-frame-info.ts';
import { SETTING_RANGES } from './options/settings.ts';
import type { InputFrame, Progress } from './steps/step.ts';
import { STEP_NAMES } from './steps/step-names.ts';
import { makeBracket } from './testing/pictures.ts';
import { pixelsOf } from './testing/pixels-of.ts';

describe('enhancing a bracket', { timeout: 30_000 }, () => {
  let frames: InputFrame[];
  let result: EnhanceResult;
  const seen: Progress[] = [];

  beforeAll(async () => {
    frames = await makeBracket({ width: 360, height: 240 });
    const previews = [
      { name: 'web', maxWidth: 200 },
      { name: 'thumb', maxWidth: 90, format: 'webp' as const },
    ];
    result = await enhance(frames, { previews }, { onProgress: (progress) => seen.push(progress) });
  });

  it('gives a JPEG of full size and the previews asked for', async () => {
    expect(result.image).toMatchObject({ name: 'image', format: 'jpeg', width: 360, height: 240 });
    expect(
      result.previews.map(({ name, format, width, height }) => [name, format, width, height]),
    ).toEqual([
      ['web', 'jpeg', 200, 133],
      ['thumb', 'webp', 90, 60],
    ]);
    for (const { bytes, width, height } of [result.image, ...result.previews])
      expect(await sharp(bytes).metadata()).toMatchObject({ width, height });
  });

  it('writes an sRGB profile, a record of edits, and nothing about the camera, day and place', async () => {
    const metadata = await sharp(result.image.bytes).metadata();
    expect(metadata.hasProfile).toBe(true);
    expect(metadata.chromaSubsampling).toBe('4:4:4');
    expect(metadata.xmp?.toString()).toContain('Merged from 3 exposures of one view.');
    const { camera, lens, takenAt, iso } = await readFrameInfo(result.image.bytes);
    expect([camera, lens, takenAt, iso]).toEqual([null, null, null, null]);
    for (const { bytes } of result.previews) {
      const { exif, xmp } = await sharp(bytes).metadata();
      expect([exif, xmp]).toEqual([undefined, undefined]);
    }
  });

  it('reports every step by name, in order, and says which ran', () => {
    expect(result.report.steps.map((step) => step.name)).toEqual([...STEP_NAMES]);
    expect(result.recipe.steps).toEqual(
      expect.arrayContaining(['decode', 'merge', 'tone', 'sharpen', 'encode', 'inspect']),
    );
    expect(result.recipe.steps).not.toContain('sky');
    expect(result.recipe.frames).toEqual(frames.map((frame) => frame.name));
  });

  it('is brighter than the middle exposure, neutral, and keeps its structure', () => {
    const { measurements } = result.report;
    expect(measurements.meanLuma).toBeGreaterThan(0.5);
    expect(measurements.colorCast).toBeLessThan(0.08);
    expect(measurements.structureKept).toBeGreaterThan(0.85);
    expect(measurements.clippedDark).toBeLessThan(0.01);
  });

  it('tells progress in order, never backwards, up to the end', () => {
    const overall = seen.map((progress) => progress.overall);
    expect(overall).toEqual([...overall].sort((a, b) => a - b));
    expect(overall.at(-1)).toBeCloseTo(1, 5);
    expect(new Set(seen.map((progress) => progress.step)).size).toBeGreaterThanOrEqual(6);
  });

  it('gives the same bytes again from its recipe, whatever is done in between', async () => {
    const again = await enhance(frames, result.recipe.options);
    expect(Buffer.compare(again.image.bytes, result.image.bytes)).toBe(0);
    expect(again.report).toEqual(result.report);
  });

  it('does not change the frames it was given', async () => {
    const before = frames.map((frame) => Buffer.from(frame.bytes).toString('base64'));
    await enhance(frames, { preset: 'bright' });
    expect(frames.map((frame) => Buffer.from(frame.bytes).toString('base64'))).toEqual(before);
  });

  it('gives each preset its own look', async () => {
    const [bright, luxury] = [
      await enhance(frames, { preset: 'bright' }),
      await enhance(frames, { preset: 'luxury' }),
    ];
    const luma = (made: EnhanceResult): number => made.report.measurements.meanLuma;
    expect(luma(bright)).toBeGreaterThan(luma(result) + 0.01);
    expect(luma(luxury)).toBeLessThan(luma(result) - 0.01);
  });

  it('balances a warm light', async () => {
    const warm = await makeBracket({ width: 240, height: 160, light: [1.25, 1, 0.75] });
    const [balanced, left] = [
      await enhance(warm),
      await enhance(warm, { steps: { whiteBalance: false } }),
    ];
    expect(left.report.measurements.colorCast).toBeGreaterThan(0.3);
    expect(balanced.report.measurements.colorCast).toBeLessThan(
      0.5 * left.report.measurements.colorCast,
    );
  });

  it('says where the photo lies in its reference exposure', async () => {
    const whole = { left: 0, top: 0, width: 360, height: 240, sourceWidth: 360, sourceHeight: 240 };
    const corners = [
      [0, 0],
      [360, 0],
      [360, 240],
      [0, 240],
    ];
    expect(result.recipe.crop).toEqual({ ...whole, corners });
    const align = result.report.steps.find((step) => step.name === 'align');
    expect(align).toMatchObject({ facts: whole });
    const alone = await enhance(frames.slice(0, 1), { steps: { align: false } });
    expect(alone.recipe.crop).toEqual({ ...whole, corners });
  });

  it('tells the crop of a hand-held bracket in pixels of the reference', async () => {
    // The second frame shows the room 8 pixels further left and 4 further up.
    const [reference, moved] = await makeBracket({ width: 480, height: 320, evs: [0, 1] });
    if (reference === undefined || moved === undefined) throw new Error('brackets have frames');
    const cut = (frame: InputFrame, left: number, top: number) =>
      sharp(frame.bytes).extract({ left, top, width: 440, height: 300 }).png().toBuffer();
    const pair = [
      { name: 'a.png', bytes: await cut(reference, 8, 4) },
      { name: 'b.png', bytes: await cut(moved, 0, 0) },
    ];
    const { image, recipe, report } = await enhance(pair);
    const { crop } = recipe;
    expect(crop).toMatchObject({ sourceWidth: 440, sourceHeight: 300 });
    const [right, bottom] = [crop.left + crop.width, crop.top + crop.height];
    expect(crop.corners).toEqual([
      [crop.left, crop.top],
      [right, crop.top],
      [right, bottom],
      [crop.left, bottom],
    ]);
    // A resample reads two pixels beyond, and sides are even.
    for (const [side, all] of [
      [crop.width, 432],
      [crop.height, 296],
    ] as const) {
      expect(side).toBeGreaterThanOrEqual(all - 6);
      expect(side).toBeLessThanOrEqual(all - 2);
    }
    expect([image.width, image.height]).toEqual([crop.width, crop.height]);
    const facts = report.steps.flatMap((step) => (step.ran ? [step.facts] : []));
    const isFirst = facts.some((fact) => fact['reference'] === 'a.png');
    const [left, top] = isFirst ? [0, 0] : [8, 4];
    expect(Math.abs(crop.left - left) + Math.abs(crop.top - top)).toBeLessThanOrEqual(8);
  });

  it('leaves out an exposure of another room and a black one, and says so', async () => {
    const [first, second, third] = frames;
    if (!first || !second || !third) throw new Error('the bracket has three frames');
    const other = { name: 'other.png', bytes: await sharp(second.bytes).flop().png().toBuffer() };
    const black = {
      name: 'black.png',
      bytes: await sharp(third.bytes).linear(0, 0).png().toBuffer(),
    };
    const { recipe, report } = await enhance([first, other, second, black]);
    const messages = report.warnings
      .filter(({ code }) => code === 'frame_left_out')
      .map(({ message }) => message);
    expect(messages).toEqual([
      '"other.png" was left out: it shows another view than the other exposures.',
      '"black.png" was left out: it is black.',
    ]);
    const facts = new Map(report.steps.map((step) => [step.name, step.ran ? step.facts : {}]));
    expect(facts.get('align')).toMatchObject({ aligned: 0, dropped: 2 });
    expect(facts.get('merge')).toMatchObject({ exposures: 2 });
    expect(recipe.crop).toMatchObject({ left: 0, top: 0, width: 360, height: 240 });
  });

  it('takes the light of a lamp off a single photo as well, and not more than there is', async () => {
    const [frame] = await makeBracket({
      width: 240,
      height: 160,
      evs: [1],
      light: [1.25, 1, 0.7],
    });
    if (frame === undefined) throw new Error('the bracket has a frame');
    const { report } = await enhance([frame]);
    const step = report.steps.find(({ name }) => name === 'whiteBalance');
    const facts = step?.ran ? step.facts : {};
    // The walls are lit by 0.7 of the blue; in scene light, before the camera's curve, by a little less.
    expect(Number(facts['gainBlue'])).toBeGreaterThan(1.3);
    expect(Number(facts['gainBlue'])).toBeLessThan(1.7);
    expect(Number(facts['gainRed'])).toBeLessThan(0.85);
  });

  it('reduces to the width asked for', async () => {
    const { image } = await enhance(frames, { output: { maxWidth: 150, format: 'png' } });
    expect([image.width, image.height, image.format]).toEqual([150, 100, 'png']);
  });

  it('says so when a step was asked for that is not built', async () => {
    const { report } = await enhance(frames, { steps: { sky: true } });
    expect(report.steps.find((step) => step.name === 'sky')).toEqual({
      name: 'sky',
      ran: false,
      reason: 'Not available in this version.',
    });
    expect(report.warnings.map((warning) => warning.code)).toContain('step_not_available');
  });

  it('gives a single exposure back almost unchanged when every step is off', async () => {
    const [frame] = await makeBracket({ width: 120, height: 80, evs: [0] });
    if (frame === undefined) throw new Error('the bracket has a frame');
    const off = Object.fromEntries(Object.keys(SETTING_RANGES).map((name) => [name, false]));
    const { image } = await enhance([frame], { steps: off, output: { format: 'png' } });
    const [before, after] = [await pixelsOf(frame.bytes), await pixelsOf(image.bytes)];
    const changes = before.map((code, i) => Math.abs(code - (after[i] ?? 0)));
    // Colour is kept for every 2 x 2 pixels.
    expect(changes.reduce((sum, change) => sum + change, 0) / changes.length).toBeLessThan(1.1);
  });
});

it('calls nothing lost that was to be hidden', { timeout: 30_000 }, async () => {
  const [frame] = await makeBracket({ width: 360, height: 240 });
  const boxes = [{ left: 0.1, top: 0.1, width: 0.8, height: 0.8 }];
  const { report } = await enhance([frame as InputFrame], { steps: { privacy: { boxes } } });
  const told = [...report.warnings, ...report.fallbacks].map(({ code }) => code);
  for (const code of ['structure_lost', 'ghosts', 'blurred']) expect(told).not.toContain(code);
  expect(report.measurements.structureKept).toBeLessThan(0.9);
});
