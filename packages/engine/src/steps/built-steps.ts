import { PIPELINE } from './pipeline.ts';
import type { StepName } from './step-names.ts';

/** Steps that this version can run; the others are only named. */
export const BUILT_STEPS: readonly StepName[] = PIPELINE.map(({ name }) => name);
