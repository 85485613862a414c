import { z } from '@hono/zod-openapi';
import { isStorableText, NOT_BLANK, STORABLE_TEXT } from '@repo/foundation/text';
import { confirmHours, days, folderPath, RouteRules } from '../project/rules.ts';

const word = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'expected at least 1 character')
    .max(most, `expected at most ${most} characters`)
    .refine(isStorableText, STORABLE_TEXT)
    .openapi(NOT_BLANK);

export const fileTag = word(64);

export const fileTags = z
  .array(fileTag, { error: 'expected a list of tags' })
  .max(20, 'expected at most 20 tags')
  .transform((tags) => [...new Set(tags)])
  .openapi({ example: ['invoice', '2026'] });

/** How a file is to be kept: what its announcement may say beside its name, size and type. */
export const KEEPING = {
  folder: folderPath
    .optional()
    .openapi({ description: 'Below the folder of the rules', example: 'invoices/2026' }),
  tags: fileTags.optional(),
  visibility: z
    .enum(['public', 'private'], { error: 'expected public or private' })
    .optional()
    .openapi({
      description: 'private: read by signed URLs alone, though the project is public',
    }),
  expiresInDays: days(3650)
    .min(1, 'expected at least 1 day')
    .optional()
    .openapi({ description: 'The file is deleted so many days from now' }),
  expiresAt: z.iso
    .datetime({ offset: true, error: 'expected a time such as 2026-01-31T00:00:00Z' })
    .optional()
    .openapi({ description: 'The file is deleted then' }),
  temporary: z.boolean().optional().openapi({
    description: 'The file is deleted unless it is confirmed; see /files/{id}/confirm',
  }),
  confirmWithinHours: confirmHours
    .optional()
    .openapi({ description: 'The time to confirm a temporary file in; 24 hours without it' }),
  route: word(128).optional().openapi({ description: 'The upload route that the file came by' }),
  uploader: word(128).optional().openapi({ description: 'Your own name of who uploads' }),
  rules: RouteRules.optional().openapi({
    description: 'Rules beside the project’s, of a route say; whichever is stricter holds',
  }),
};
