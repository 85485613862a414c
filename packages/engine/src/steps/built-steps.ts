import { align } from './align.ts';
import { decode } from './decode.ts';
import { denoise } from './denoise.ts';
import { dusk } from './dusk.ts';
import { encode } from './encode.ts';
import { inspect } from './inspect.ts';
import { lens } from './lens.ts';
import { merge } from './merge.ts';
import { privacy } from './privacy.ts';
import { sharpen } from './sharpen.ts';
import type { Step } from './step.ts';
import type { StepName } from './step-names.ts';
import { tone } from './tone.ts';
import { verticals } from './verticals.ts';
import { whiteBalance } from './white-balance.ts';
import { windowPull } from './window-pull.ts';

/** The steps that are built, in running order (that of STEP_NAMES). */
export const PIPELINE: readonly Step[] = [
  decode,
  align,
  merge,
  windowPull,
  lens,
  verticals,
  whiteBalance,
  tone,
  denoise,
  privacy,
  sharpen,
  dusk,
  encode,
  inspect,
];

/** Steps that this version can run; the others are only named. */
export const BUILT_STEPS: readonly StepName[] = PIPELINE.map(({ name }) => name);
