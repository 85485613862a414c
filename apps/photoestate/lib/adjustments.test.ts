import { expect, it } from 'vitest';
import { adjustmentTexts, brightnessText, changedFrom } from './adjustments.ts';

const own = {
  brightness: 0,
  whiteBalance: 1,
  windows: true,
  straighten: true,
  lens: true,
  denoise: true,
  privacy: false,
};
const defaults = {
  natural: own,
  bright: own,
  luxury: { ...own, whiteBalance: 0.85 },
  twilight: { ...own, whiteBalance: 0.7 },
};

it('says what was changed, and nothing of what was not', () => {
  expect(adjustmentTexts({})).toEqual([]);
  expect(
    adjustmentTexts({ windows: false, privacy: true, brightness: -2, whiteBalance: 0 }),
  ).toEqual(['Brightness −2', 'White balance Off', 'Windows off', 'Privacy blur on']);
  expect(brightnessText(1)).toBe('+1');
});

it('a name that this page does not know is left out', () => {
  const stored = { glow: true, lens: false } as object;
  expect(adjustmentTexts(stored)).toEqual(['Lens correction off']);
});

it('what the look does by itself is no change, and follows the look', () => {
  const changes = { whiteBalance: 0.85, windows: true, lens: false };
  expect(changedFrom({ defaults }, 'luxury', changes)).toEqual({ lens: false });
  expect(changedFrom({ defaults }, 'natural', changes)).toEqual({
    whiteBalance: 0.85,
    lens: false,
  });
});
