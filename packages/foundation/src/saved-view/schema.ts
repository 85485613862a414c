import { z } from 'zod';
import { isStorableText, STORABLE_TEXT } from '../text/index.ts';

/** What a view is made of, whatever it is a view of. */
export const ViewFields = z.object({
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

export interface SavedViewView {
  id: string;
  name: string;
  query: string;
}
