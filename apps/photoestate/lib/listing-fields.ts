import { z } from 'zod';
import { Address } from './address.ts';

/** What people fill in about a listing; empty fields are empty text. */
export const ListingFields = Address.extend({
  mlsId: z.string().trim().max(40, 'Expected at most 40 characters.'),
  agentId: z.string(),
  shootDate: z.string(),
  /** Separated by commas. */
  tags: z
    .string()
    .refine((text) => tagsOf(text).length <= 20, 'Expected at most 20 tags.')
    .refine(
      (text) => tagsOf(text).every((tag) => tag.length <= 40),
      'Expected tags of at most 40 characters.',
    ),
  notes: z.string().trim().max(5000, 'Expected at most 5000 characters.'),
});
export type ListingFields = z.infer<typeof ListingFields>;

export const NO_FIELDS: ListingFields = {
  address: '',
  mlsId: '',
  agentId: '',
  shootDate: '',
  tags: '',
  notes: '',
};

/** What is typed between commas, with or without the mark that tags are shown with. */
export function tagsOf(text: string): string[] {
  const tags = text.split(',').map((tag) => tag.replaceAll('#', '').trim().toLowerCase());
  return [...new Set(tags.filter(Boolean))];
}

/** As the API takes them. */
export function toInput({ address, mlsId, agentId, shootDate, tags, notes }: ListingFields) {
  return {
    address,
    mlsId: mlsId || null,
    agentId: agentId || null,
    shootDate: shootDate || null,
    tags: tagsOf(tags),
    notes,
  };
}
