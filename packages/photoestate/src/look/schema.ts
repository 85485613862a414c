import { z } from 'zod';
import { Adjustments } from '../enhancement/adjustments.ts';
import { LookName, Preset } from '../enhancement/schema.ts';

export const LooksOf = z.object({ organizationId: z.string().max(64) });
export type LooksOf = z.input<typeof LooksOf>;

export const CreateLook = LooksOf.extend({
  name: LookName,
  preset: Preset,
  adjustments: Adjustments.default({}),
});
export type CreateLook = z.input<typeof CreateLook>;

export const UpdateLook = LooksOf.extend({
  lookId: z.string(),
  name: LookName.optional(),
  preset: Preset.optional(),
  adjustments: Adjustments.optional(),
});
export type UpdateLook = z.input<typeof UpdateLook>;

export const LookRef = LooksOf.extend({ lookId: z.string() });
export type LookRef = z.input<typeof LookRef>;

export const SetDefaultLook = LooksOf.extend({
  /** The name of one of ours, or the id of one of the studio's own. */
  look: z.string().max(64),
});
export type SetDefaultLook = z.input<typeof SetDefaultLook>;

/** One of ours, or one of the studio's own. */
export interface LookInfo {
  /** What tells it from others: a name of ours, or an id. */
  key: string;
  /** Null for one of ours. */
  id: string | null;
  label: string;
  description: string;
  preset: Preset;
  adjustments: Adjustments;
  /** What results are labelled with; null for one of ours. */
  lookName: string | null;
  isDefault: boolean;
}
