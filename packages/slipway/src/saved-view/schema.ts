import { anyId, isStorableText, STORABLE_TEXT } from '@repo/foundation/text';
import { z } from 'zod';

export const SaveView = z.object({
  projectId: anyId,
  name: z
    .string({ error: 'expected a name' })
    .trim()
    .min(1, 'expected a name')
    .max(60, 'expected at most 60 characters')
    .refine(isStorableText, STORABLE_TEXT),
  query: z
    .string({ error: 'expected a query such as status=ready&type=image/*' })
    .max(2000, 'expected at most 2000 characters')
    .refine(isStorableText, STORABLE_TEXT)
    .transform((query) => query.replace(/^\?/, '')),
});
export type SaveView = z.input<typeof SaveView>;

export const ViewRef = z.object({ projectId: anyId, viewId: anyId });
export type ViewRef = z.input<typeof ViewRef>;

export interface SavedViewView {
  id: string;
  name: string;
  query: string;
}
