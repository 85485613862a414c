/** Every step the engine has a place for, in running order. Not all of them are built yet: see PIPELINE. */
export const STEP_NAMES = [
  'decode',
  'align',
  'merge',
  'windowPull',
  'lens',
  'verticals',
  'whiteBalance',
  'tone',
  'denoise',
  'sky',
  'privacy',
  'sharpen',
  'dusk',
  'encode',
  'inspect',
] as const;

export type StepName = (typeof STEP_NAMES)[number];
