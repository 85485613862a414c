import { z } from 'zod';
import type { Rendition } from '../rendition.ts';

/** What is asked of a decoder process. */
export interface RenderRequest extends Rendition {
  /** Paths of the picture and of the one to make. */
  readonly input: string;
  readonly output: string;
  /** A picture of more pixels is refused before it is decoded. */
  readonly maxPixels: number;
}

const Rendered = z.object({
  type: z.literal('rendered'),
  contentType: z.enum(['image/jpeg', 'image/png', 'image/webp', 'image/avif']),
  width: z.int().positive(),
  height: z.int().positive(),
});

/** What the decoder said is for logs only. */
const cause = z.string().max(1000).optional();

/** Something is wrong with the picture. */
const Refused = z.object({
  type: z.literal('refused'),
  code: z.enum(['image_unsupported', 'image_too_large', 'image_damaged']),
  message: z.string().max(500),
  cause,
});

/** Something is wrong with us. */
const Failed = z.object({ type: z.literal('failed'), cause });

export const RenderAnswer = z.discriminatedUnion('type', [Rendered, Refused, Failed]);
export type RenderAnswer = z.infer<typeof RenderAnswer>;
