import type { Plan } from '../plan/plan.ts';
import type { Canvas } from './canvas.ts';

/** Does one part of the plan to the full-size photo; returns at once where the plan asks for nothing. */
export type Stage = (canvas: Canvas, plan: Plan) => Promise<void>;

/** What happens to the merged photo, in this order. */
export const STAGES: readonly Stage[] = [];
