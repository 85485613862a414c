import { checkBoxes } from './check-boxes.ts';
import { checkChoice, checkFlag, checkKeys, checkNumber, checkRecord } from './checks.ts';
import type { EnhanceOptions, LimitOptions, ResolvedOptions } from './options.ts';
import { BASE_SETTINGS, PRESET_NAMES, PRESETS, type PresetName } from './presets.ts';
import { resolveOutput, resolvePreview, resolvePreviews } from './resolve-outputs.ts';
import { SETTING_RANGES, type StepSettings, type TunableStep } from './settings.ts';

/**
 * Fills in defaults and checks every value, also of untyped callers (options may come from JSON).
 * Idempotent: resolved options resolve to themselves.
 * @throws EngineError `invalid_options` naming the option, what it may be and what it was.
 */
export function resolveOptions(options: EnhanceOptions = {}): ResolvedOptions {
  const given = checkRecord('options', options);
  checkKeys('options', given, ['preset', 'steps', 'output', 'previews', 'firstLook', 'limits']);
  const preset = checkChoice('preset', options.preset ?? 'natural', PRESET_NAMES);
  return {
    preset,
    steps: resolveSteps(preset, options.steps ?? {}),
    output: resolveOutput(options.output ?? {}),
    previews: resolvePreviews(options.previews ?? []),
    firstLook: options.firstLook ? resolvePreview('firstLook', options.firstLook) : null,
    limits: resolveLimits(options.limits ?? {}),
  };
}

/** The settings a preset stands for, before the caller's changes. */
export function presetSettings(preset: PresetName): StepSettings {
  const settings = structuredClone(BASE_SETTINGS);
  for (const [name, changes] of Object.entries(PRESETS[preset]))
    Object.assign(settings[name as TunableStep], changes);
  return settings;
}

function resolveSteps(
  preset: PresetName,
  steps: NonNullable<EnhanceOptions['steps']>,
): StepSettings {
  const given = checkRecord('steps', steps);
  const settings = presetSettings(preset);
  checkKeys('steps', given, Object.keys(settings));
  for (const [name, wish] of Object.entries(given)) {
    if (wish !== undefined) applyWish(settings, name as TunableStep, wish);
  }
  return settings;
}

function applyWish(settings: StepSettings, name: TunableStep, wish: unknown): void {
  const target: { enabled: boolean } = settings[name];
  if (typeof wish === 'boolean') {
    target.enabled = wish;
    return;
  }
  const changes = checkRecord(`steps.${name}`, wish);
  const ranges: Record<string, readonly [number, number]> = SETTING_RANGES[name];
  const lists = name === 'privacy' ? ['boxes'] : [];
  checkKeys(`steps.${name}`, changes, ['enabled', ...lists, ...Object.keys(ranges)]);
  target.enabled = true;
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) continue;
    Object.assign(target, { [key]: checkSetting(`steps.${name}.${key}`, value, ranges[key]) });
  }
}

function checkSetting(
  path: string,
  value: unknown,
  range: readonly [number, number] | undefined,
): unknown {
  if (range !== undefined) return checkNumber(path, value, range);
  return path.endsWith('.boxes') ? checkBoxes(path, value) : checkFlag(path, value);
}

function resolveLimits(limits: LimitOptions): ResolvedOptions['limits'] {
  const given = checkRecord('limits', limits);
  checkKeys('limits', given, [
    'maxPixels',
    'maxTotalPixels',
    'maxFileBytes',
    'maxDecodeSeconds',
    'maxFrames',
  ]);
  return {
    maxPixels: checkNumber('limits.maxPixels', limits.maxPixels ?? 100_000_000, [1, 1_000_000_000]),
    maxTotalPixels: checkNumber(
      'limits.maxTotalPixels',
      limits.maxTotalPixels ?? 900_000_000,
      [1, 9_000_000_000],
    ),
    maxFileBytes: checkNumber(
      'limits.maxFileBytes',
      limits.maxFileBytes ?? 300_000_000,
      [1, 2_000_000_000],
    ),
    maxDecodeSeconds: checkNumber(
      'limits.maxDecodeSeconds',
      limits.maxDecodeSeconds ?? 60,
      [1, 3600],
    ),
    maxFrames: Math.floor(checkNumber('limits.maxFrames', limits.maxFrames ?? 9, [1, 9])),
  };
}
