import { z } from 'zod';
import type { ReviewReason } from './table.ts';

const Reason = z.object({ code: z.string(), message: z.string() });
const Report = z.object({
  steps: z.array(z.object({ name: z.string(), warnings: z.array(Reason).catch([]) })),
});

/**
 * What the engine's inspection of the finished photo found below its thresholds: sharpness, clipping, verticals,
 * noise, colour, ghosts, structure. Warnings of other steps are about the exposures and ask for nobody's look.
 */
export function complaintsOf(report: unknown): ReviewReason[] {
  const steps = Report.safeParse(report).data?.steps ?? [];
  return steps.filter(({ name }) => name === 'inspect').flatMap(({ warnings }) => warnings);
}
