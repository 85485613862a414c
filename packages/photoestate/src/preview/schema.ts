import { z } from 'zod';
import { Look } from '../enhancement/schema.ts';
import type { PREVIEW_STATUSES } from './table.ts';

export const StartPreview = Look.extend({ sceneId: z.string() });
export type StartPreview = z.input<typeof StartPreview>;

export const PreviewRef = z.object({ previewId: z.string() });
export type PreviewRef = z.input<typeof PreviewRef>;

export interface LookPreview {
  id: string;
  sceneId: string;
  /** `superseded`: its member asked for others before its turn came. */
  status: (typeof PREVIEW_STATUSES)[number];
  /** Set when done. */
  url: string | null;
  width: number | null;
  height: number | null;
  /** Why there is none, in words. */
  reason: string | null;
}
