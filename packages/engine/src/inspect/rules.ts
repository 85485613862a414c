import type { EnhanceOptions } from '../options/options.ts';
import type { Measurements } from './measurements.ts';

/** Settings that undo what led to a fault. */
export type Safer = NonNullable<EnhanceOptions['steps']>;

/** One quality rule: what is measured, the limit, and what to tell the photographer. */
export type Rule = {
  readonly code: string;
  readonly measure: keyof Measurements;
  /** `above`: values over the limit are a fault; `below`: values under it. */
  readonly fault: 'above' | 'below';
  readonly limit: number;
  readonly message: string;
  /** What to do instead, when the fault is ours; `null`: it came with the exposures. */
  readonly safer: Safer | null;
};

/** Nothing but the best single exposure is certain to be free of ghosts and strangers. */
const ONE_EXPOSURE: Safer = { merge: false, windowPull: false };

/** The limits of quality, as data. */
export const QUALITY_RULES: readonly Rule[] = [
  {
    code: 'too_dark',
    measure: 'meanLuma',
    fault: 'below',
    limit: 0.28,
    message: 'The photo is still dark. A brighter exposure in the bracket would help.',
    safer: null,
  },
  {
    code: 'too_bright',
    measure: 'meanLuma',
    fault: 'above',
    limit: 0.82,
    message: 'The photo is very bright. A darker exposure in the bracket would bring detail back.',
    safer: null,
  },
  {
    code: 'highlights_lost',
    measure: 'blown',
    fault: 'above',
    limit: 0.015,
    message:
      'Some areas, often lamps, sky or sunlit walls, came out white although a darker exposure shows what is in them. If that matters, leave out the brightest exposure.',
    // Mostly the merge makes them white: tone switched off hardly changes them in real brackets.
    safer: { merge: { target: 0.35 }, tone: { whiteClip: 0, localContrast: 0 } },
  },
  {
    code: 'blown_highlights',
    measure: 'clippedBright',
    fault: 'above',
    limit: 0.06,
    message:
      'Some areas, often windows or strong colours, are as bright as a file can hold. A darker exposure would show what is there.',
    safer: null,
  },
  {
    code: 'blocked_shadows',
    measure: 'clippedDark',
    fault: 'above',
    limit: 0.03,
    message: 'Some areas are pure black and show no detail.',
    safer: { tone: { blackClip: 0, contrast: 0 } },
  },
  {
    code: 'soft',
    measure: 'sharpness',
    fault: 'below',
    limit: 9,
    message: 'The photo looks soft. Check the focus, and use a tripod for long exposures.',
    safer: null,
  },
  {
    code: 'blurred',
    measure: 'detailKept',
    fault: 'below',
    limit: 0.75,
    message: 'The photo lost fine detail that its exposures have.',
    safer: { ...ONE_EXPOSURE, denoise: false },
  },
  {
    code: 'noisy',
    measure: 'grain',
    fault: 'above',
    limit: 4.5,
    message:
      'The photo is grainy. More light or a brighter exposure in the bracket would be cleaner.',
    safer: null,
  },
  {
    code: 'grain_added',
    measure: 'grainAdded',
    fault: 'above',
    limit: 1.3,
    message: 'Flat surfaces came out with more grain than their exposures have.',
    safer: { sharpen: false, tone: { localContrast: 0, strength: 0.4 } },
  },
  {
    code: 'color_cast',
    measure: 'castAdded',
    fault: 'above',
    limit: 0.11,
    message: 'Pale surfaces came out more tinted than they were photographed.',
    safer: { whiteBalance: false },
  },
  {
    code: 'halo',
    measure: 'halo',
    fault: 'above',
    limit: 8,
    message: 'Edges have light or dark rims.',
    safer: { tone: { localContrast: 0, strength: 0.4 }, sharpen: false },
  },
  {
    code: 'structure_lost',
    measure: 'structureKept',
    fault: 'below',
    limit: 0.978,
    message:
      'The photo does not show everything its exposures show. The camera or something in the room may have moved between shots.',
    safer: ONE_EXPOSURE,
  },
  {
    code: 'ghosts',
    measure: 'structureAdded',
    fault: 'above',
    limit: 0.04,
    message:
      'The photo shows things on bare surfaces that the middle exposure does not have: something moved, or an exposure is of another room.',
    safer: ONE_EXPOSURE,
  },
  {
    code: 'tilted',
    measure: 'tilt',
    fault: 'above',
    limit: 1.2,
    message: 'Vertical lines still lean. Hold the camera level when it is shot again.',
    safer: null,
  },
];
