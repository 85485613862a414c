import { z } from 'zod';
import type { Rendition } from '../rendition.ts';

/** What is asked of a decoder process. */
export interface RenderRequest extends Rendition {
  /** Paths of the picture and of the one to make. */
  readonly input: string;
  readonly output: string;
  /** A picture of more pixels is refused before it is decoded. */
  readonly maxPixels: number;
  /** Also what to show until the picture is there. */
  readonly thumbhash?: boolean;
}

/** Asks how large a picture is; nothing is decoded for that. */
export interface MeasureRequest {
  readonly measure: string;
}

export type DecoderRequest = RenderRequest | MeasureRequest;

/** Upright, as people see it. */
const Measured = z.object({
  type: z.literal('measured'),
  width: z.int().positive(),
  height: z.int().positive(),
});

const Rendered = z.object({
  type: z.literal('rendered'),
  contentType: z.enum(['image/jpeg', 'image/png', 'image/webp', 'image/avif']),
  width: z.int().positive(),
  height: z.int().positive(),
  /** Of the picture that it was made from, upright. */
  source: z.object({ width: z.int().positive(), height: z.int().positive() }),
  /** Base64. */
  thumbhash: z.string().max(100).optional(),
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

export const DecoderAnswer = z.discriminatedUnion('type', [Rendered, Measured, Refused, Failed]);
export type DecoderAnswer = z.infer<typeof DecoderAnswer>;
export type RenderAnswer = Exclude<DecoderAnswer, { type: 'measured' }>;
export type MeasureAnswer = Exclude<DecoderAnswer, { type: 'rendered' }>;
