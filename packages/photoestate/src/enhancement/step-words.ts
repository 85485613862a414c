import type { StepName } from '@repo/engine';

/** What the photographer reads while a step runs. */
export const STEP_WORDS: Record<StepName, string> = {
  decode: 'Reading the exposures',
  align: 'Aligning the exposures',
  merge: 'Merging the exposures',
  windowPull: 'Bringing back the view',
  lens: 'Correcting the lens',
  verticals: 'Straightening',
  whiteBalance: 'Balancing colour',
  tone: 'Setting the light',
  denoise: 'Removing noise',
  sky: 'Working on the sky',
  privacy: 'Looking for faces to blur',
  sharpen: 'Sharpening',
  dusk: 'Turning day into dusk',
  encode: 'Finishing in full size',
  inspect: 'Checking quality',
};
