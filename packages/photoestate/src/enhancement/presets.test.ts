import { PRESET_NAMES as ENGINE_PRESETS, STEP_NAMES } from '@repo/engine';
import { expect, test } from 'vitest';
import { PRESET_NAMES, PRESETS } from './presets.ts';
import { STEP_WORDS } from './step-words.ts';

test('the looks on offer are those of the engine', () => {
  expect([...PRESET_NAMES]).toEqual([...ENGINE_PRESETS]);
  expect(PRESETS.map((preset) => preset.name)).toEqual([...PRESET_NAMES]);
});

test('every step of the engine has words', () => {
  expect(Object.keys(STEP_WORDS).sort()).toEqual([...STEP_NAMES].sort());
});
