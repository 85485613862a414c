import { describe, expect, it } from 'vitest';
import { EngineError } from '../errors.ts';
import type { EnhanceOptions } from './options.ts';
import { PRESET_NAMES } from './presets.ts';
import { presetSettings, resolveOptions } from './resolve-options.ts';
import { SETTING_RANGES } from './settings.ts';

/** Options as they arrive from JSON, where no compiler has looked. */
function fromJson(json: string): EnhanceOptions {
  return JSON.parse(json);
}

describe('resolving options', () => {
  it('fills in every default', () => {
    const options = resolveOptions();
    expect(options.preset).toBe('natural');
    expect(options.output).toEqual({
      format: 'jpeg',
      quality: 92,
      maxWidth: null,
      chroma: '4:4:4',
      gamut: 'srgb',
      metadata: 'credit',
      captureDate: false,
      location: false,
      texts: { title: null, altText: null, artist: null, copyright: null },
    });
    expect(options.limits.maxPixels).toBe(100_000_000);
    expect(options.steps.merge.enabled).toBe(true);
    expect(options.steps.sky.enabled).toBe(false);
  });

  it('gives the same again when resolved twice', () => {
    const once = resolveOptions({
      preset: 'luxury',
      steps: { tone: { brightness: 0.5 }, sharpen: false },
      previews: [{ name: 'web', maxWidth: 2048 }],
    });
    expect(resolveOptions(once)).toEqual(once);
  });

  it('switches steps off and on and keeps the rest of a preset', () => {
    const { steps } = resolveOptions({
      preset: 'bright',
      steps: { whiteBalance: false, tone: { contrast: 0.3 } },
    });
    expect(steps.whiteBalance.enabled).toBe(false);
    expect(steps.tone).toEqual({ ...presetSettings('bright').tone, contrast: 0.3 });
  });

  it('keeps boxes as they were drawn, also over the edge of the photo', () => {
    const boxes = [{ left: 0.75, top: 0.5, width: 0.5, height: 0.25 }];
    const once = resolveOptions({ steps: { privacy: { boxes } } });
    expect(once.steps.privacy).toEqual({ enabled: true, boxes });
    expect(resolveOptions(once)).toEqual(once);
  });

  it('never changes the presets themselves', () => {
    const before = presetSettings('natural');
    resolveOptions({ steps: { tone: { brightness: 0.9 } } }).steps.tone.brightness = 0.1;
    expect(presetSettings('natural')).toEqual(before);
  });

  it.each(PRESET_NAMES)('preset %s lies within the ranges', (preset) => {
    for (const [step, settings] of Object.entries(presetSettings(preset))) {
      const ranges: Record<string, readonly [number, number]> = { ...SETTING_RANGES }[
        step as 'tone'
      ];
      for (const [key, value] of Object.entries(settings)) {
        if (key === 'enabled' || key === 'boxes') continue;
        const [min, max] = ranges[key] ?? [1, 0];
        expect(value, `${step}.${key}`).toBeGreaterThanOrEqual(min);
        expect(value, `${step}.${key}`).toBeLessThanOrEqual(max);
      }
    }
  });

  it.each([
    [
      '{"preset":"vivid"}',
      'Expected preset to be one of natural, bright, luxury, twilight but received "vivid".',
    ],
    ['{"colour":1}', 'Unknown option "colour" in options.'],
    [
      '{"steps":{"tone":{"brightness":7}}}',
      'Expected steps.tone.brightness to be a number from 0.2 to 0.9 but received 7.',
    ],
    ['{"steps":{"tone":{"glow":1}}}', 'Unknown option "glow" in steps.tone.'],
    [
      '{"steps":{"privacy":{"boxes":[{"left":2,"top":0,"width":1,"height":1}]}}}',
      'Expected steps.privacy.boxes[0].left to be a share of the photo, a number from 0 to 0.9999, but received 2. Pixels are to be divided by the size of the photo.',
    ],
    [
      '{"steps":{"privacy":{"boxes":[{"left":0,"top":0,"width":1,"height":1},{"left":1,"top":0,"width":0.1,"height":1}]}}}',
      'Expected steps.privacy.boxes[1].left to be a number from 0 to 0.9999 but received 1.',
    ],
    [
      '{"steps":{"privacy":{"boxes":[{"left":0.1,"top":-0.2,"width":0.1,"height":1}]}}}',
      'Expected steps.privacy.boxes[0].top to be a number from 0 to 0.9999 but received -0.2.',
    ],
    ['{"steps":{"privacy":{"boxes":7}}}', 'Expected steps.privacy.boxes to be a list'],
    ['{"steps":{"tone":{"boxes":[]}}}', 'Unknown option "boxes" in steps.tone.'],
    ['{"steps":{"decode":false}}', 'Unknown option "decode" in steps.'],
    ['{"steps":{"tone":"strong"}}', 'Expected steps.tone to be an object but received "strong".'],
    [
      '{"steps":{"merge":{"enabled":1}}}',
      'Expected steps.merge.enabled to be true or false but received 1.',
    ],
    [
      '{"output":{"quality":0}}',
      'Expected output.quality to be a number from 1 to 100 but received 0.',
    ],
    [
      '{"output":{"format":"gif"}}',
      'Expected output.format to be one of jpeg, webp, png but received "gif".',
    ],
    [
      '{"previews":[{"name":"a","maxWidth":99},{"name":"a","maxWidth":50}]}',
      'Expected every preview to have its own name',
    ],
    [
      '{"previews":[{"name":"a"}]}',
      'Expected previews[0].maxWidth to be a number from 16 to 65535 but received undefined.',
    ],
    [
      '{"previews":[{"name":"a","delivery":"mls-moon"}]}',
      'Expected previews[0].delivery to be one of mls, mls-smartmls',
    ],
    [
      '{"previews":[{"name":"a","delivery":"mls","format":"png"}]}',
      'Expected previews[0] to be a JPEG or WebP',
    ],
    [
      '{"output":{"metadata":"all"}}',
      'Expected output.metadata to be one of none, credit, camera but received "all".',
    ],
    ['{"output":{"texts":{"author":"x"}}}', 'Unknown option "author" in output.texts.'],
    ['{"previews":[{"name":"","maxWidth":99}]}', 'Expected previews[0].name to be a text'],
    [
      '{"limits":{"maxFrames":10}}',
      'Expected limits.maxFrames to be a number from 1 to 9 but received 10.',
    ],
  ])('refuses %s', (json, message) => {
    expect(() => resolveOptions(fromJson(json))).toThrow(EngineError);
    expect(() => resolveOptions(fromJson(json))).toThrow(message);
  });
});

describe('names of previews', () => {
  it.each(['../../evil', 'a/b', 'a\\b', '..', 'a\nb', ''])('%j is refused', (name) => {
    expect(() => resolveOptions({ previews: [{ name, maxWidth: 100 }] })).toThrow(
      expect.objectContaining({ code: 'invalid_options' }),
    );
  });

  it('may be words, with dots', () => {
    const previews = [{ name: 'Küche 2.1', maxWidth: 100 }];
    expect(resolveOptions({ previews }).previews[0]?.name).toBe('Küche 2.1');
  });

  it('are as many as there may be, or the number that came is told', () => {
    const list = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ name: `p${i}`, maxWidth: 100 }));
    expect(resolveOptions({ previews: list(32) }).previews).toHaveLength(32);
    expect(() => resolveOptions({ previews: list(33) })).toThrow('32 sizes but received 33');
  });
});
