import type { Warning } from '../steps/step.ts';
import type { Measurements } from './measurements.ts';

/** One quality rule: what is measured, the limit, and what to tell the photographer. */
type Rule = {
  readonly code: string;
  readonly measure: keyof Measurements;
  /** `above`: values over the limit are a fault; `below`: values under it. */
  readonly fault: 'above' | 'below';
  readonly limit: number;
  readonly message: string;
};

const QUALITY_RULES: readonly Rule[] = [
  {
    code: 'too_dark',
    measure: 'meanLuma',
    fault: 'below',
    limit: 0.28,
    message: 'The photo is still dark. A brighter exposure in the bracket would help.',
  },
  {
    code: 'too_bright',
    measure: 'meanLuma',
    fault: 'above',
    limit: 0.82,
    message: 'The photo is very bright. A darker exposure in the bracket would bring detail back.',
  },
  {
    code: 'blown_highlights',
    measure: 'clippedBright',
    fault: 'above',
    limit: 0.02,
    message:
      'Some areas, often windows or strong colours, are as bright as a file can hold. A darker exposure would show what is there.',
  },
  {
    code: 'blocked_shadows',
    measure: 'clippedDark',
    fault: 'above',
    limit: 0.02,
    message: 'Some areas are pure black and show no detail.',
  },
  {
    code: 'soft',
    measure: 'sharpness',
    fault: 'below',
    limit: 9,
    message: 'The photo looks soft. Check the focus, and use a tripod for long exposures.',
  },
  {
    code: 'noisy',
    measure: 'noiseSigma',
    fault: 'above',
    limit: 8,
    message:
      'The photo is grainy. A lower ISO or a brighter exposure in the bracket would be cleaner.',
  },
  {
    code: 'color_cast',
    measure: 'colorCast',
    fault: 'above',
    limit: 0.25,
    message: 'Pale surfaces look tinted. Where that is not their paint, check the white balance.',
  },
  {
    code: 'structure_lost',
    measure: 'structureKept',
    fault: 'below',
    limit: 0.6,
    message:
      'The result differs from the exposures in places. The camera or something in the room may have moved between shots.',
  },
];

/** The rules a photo breaks. A value that could not be measured breaks none. */
export function judge(
  measurements: Measurements,
  rules: readonly Rule[] = QUALITY_RULES,
): Warning[] {
  return rules
    .filter((rule) => {
      const value = measurements[rule.measure];
      if (value === null) return false;
      return rule.fault === 'above' ? value > rule.limit : value < rule.limit;
    })
    .map(({ code, message }) => ({ code, message }));
}
