import { BUILT_STEPS, type StepName } from '@repo/engine';
import type { Adjustments, AdjustmentValues } from './adjustments.ts';
import { adjustmentsOf } from './engine-options.ts';
import { PRESET_NAMES } from './presets.ts';
import type { Preset } from './schema.ts';

/** The step behind each adjustment, in the order in which they are shown. */
const STEP_OF: Readonly<Record<keyof Adjustments, StepName>> = {
  brightness: 'tone',
  whiteBalance: 'whiteBalance',
  windows: 'windowPull',
  straighten: 'verticals',
  lens: 'lens',
  denoise: 'denoise',
  privacy: 'privacy',
};

export interface Controls {
  /** What this version of the engine can do. */
  offered: (keyof Adjustments)[];
  /** What each look does by itself. */
  defaults: Record<Preset, AdjustmentValues>;
}

export function controls(): Controls {
  const names = Object.keys(STEP_OF) as (keyof Adjustments)[];
  const defaults = PRESET_NAMES.map((preset) => [preset, adjustmentsOf(preset)] as const);
  return {
    offered: names.filter((name) => BUILT_STEPS.includes(STEP_OF[name])),
    defaults: Object.fromEntries(defaults) as Controls['defaults'],
  };
}
