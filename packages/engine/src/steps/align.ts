import type { Step } from './step.ts';

/** Lays hand-held exposures onto each other. */
export const align: Step = {
  name: 'align',
  cost: 6,
  run: async () => ({ ran: false, reason: 'There is only one exposure.' }),
};
