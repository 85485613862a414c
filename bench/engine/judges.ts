import type { Judge } from './judge.ts';

/** Every quality figure, in the order of the table. */
export const JUDGES: readonly Judge[] = [];
