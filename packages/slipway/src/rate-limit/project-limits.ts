import { Rate } from '@repo/foundation/rate-limit';
import { z } from 'zod';

/** A project's own limits, in place of its plan's: null for none. */
export const ProjectLimits = z.object({
  project: Rate.nullable().optional(),
  key: Rate.nullable().optional(),
});
export type ProjectLimits = z.infer<typeof ProjectLimits>;
