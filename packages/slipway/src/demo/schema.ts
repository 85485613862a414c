import { anyId } from '@repo/foundation/text';
import { z } from 'zod';

/** What visitors of the front page may try: small, and of types that are plain to look at. */
export const DEMO_RULES = {
  allowedTypes: [
    'image/png',
    'image/jpeg',
    'image/webp',
    'image/gif',
    'application/pdf',
    'text/plain',
  ],
  maxSize: 5_000_000,
} as const;

/** Marks the files of visitors, whatever else the key's project holds. */
export const DEMO_ROUTE = 'front-page';

export const RequestDemoUpload = z.object({
  name: z.string({ error: 'expected a name' }).min(1, 'expected a name').max(200),
  size: z.number({ error: 'expected a number of bytes' }).int().min(0),
  type: z.string({ error: 'expected a MIME type' }).max(127),
  sha256: z.string().optional(),
});
export type RequestDemoUpload = z.input<typeof RequestDemoUpload>;

export const CompleteDemoUpload = z.object({ id: anyId });
export type CompleteDemoUpload = z.input<typeof CompleteDemoUpload>;
