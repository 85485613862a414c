import { alignment } from './alignment.ts';
import { fusion } from './fusion.ts';
import { grouping } from './grouping.ts';
import { inspection } from './inspection.ts';
import type { Judge } from './judge.ts';
import { privacy } from './privacy.ts';
import { tone } from './tone.ts';
import { verticals } from './verticals.ts';
import { whiteBalance } from './white-balance.ts';
import { window } from './window.ts';

/** Every quality figure, in the order of the table. */
export const JUDGES: readonly Judge[] = [
  grouping,
  alignment,
  fusion,
  window,
  verticals,
  whiteBalance,
  tone,
  privacy,
  inspection,
];
