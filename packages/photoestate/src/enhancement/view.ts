import { z } from '@hono/zod-openapi';
import { time, timeOf, timeOrNull } from '../api/rest.ts';
import { Adjustments } from './adjustments.ts';
import { Quality, qualityOf } from './quality.ts';
import type { Enhancement } from './schema.ts';
import { ENHANCEMENT_STATUSES, REVIEW_STATES } from './table.ts';

/** An enhancement as the REST API tells of it. */
export const EnhancementView = z
  .object({
    id: z.string().openapi({ example: 'enh_8gKq2ZrT0yVbN4mXc1LwHd' }),
    listingId: z.string(),
    sceneId: z.string(),
    batchId: z.string().nullable().openapi({ description: 'The order that it belongs to' }),
    status: z.enum(ENHANCEMENT_STATUSES),
    preset: z.string(),
    adjustments: Adjustments,
    progress: z.number().openapi({ description: '0 to 1' }),
    step: z.string().nullable().openapi({ description: 'What happens right now, in words' }),
    failure: z
      .object({ code: z.string(), reason: z.string(), retryable: z.boolean() })
      .nullable()
      .openapi({ description: 'Why it failed; its credit was given back' }),
    photoIds: z.array(z.string()).openapi({ description: 'The frames that went in' }),
    outdated: z.boolean().openapi({ description: 'The frames of the scene have changed since' }),
    engineVersion: z.string().nullable(),
    signedBy: z.string().nullable().openapi({
      description: 'Who signed its Content Credentials (C2PA); null for a photo without',
    }),
    alterations: z
      .object({
        isAltered: z.boolean().openapi({
          description: 'More than photographic work: something is not seen as the camera saw it',
        }),
        altered: z.array(z.string()).openapi({ description: 'What was altered, in words' }),
        done: z.array(z.string()).openapi({ description: 'All that was done, in words' }),
      })
      .nullable()
      .openapi({ description: 'Set when done' }),
    quality: Quality.nullable().openapi({ description: 'What was measured on it; set when done' }),
    review: z
      .object({
        state: z.enum(REVIEW_STATES),
        note: z.string().nullable().openapi({ description: 'Of whoever rejected it' }),
        decidedAt: time.nullable(),
      })
      .nullable()
      .openapi({
        description:
          'What people decided of a doubtful one: flagged waits for that, accepted may be handed over, rejected never is. Null for one that nobody needs to look at',
      }),
    width: z.number().nullable(),
    height: z.number().nullable(),
    createdAt: time,
    startedAt: time.nullable(),
    finishedAt: time.nullable(),
  })
  .openapi('Enhancement');

export function enhancementView(one: Enhancement): z.infer<typeof EnhancementView> {
  return {
    id: one.id,
    listingId: one.listingId,
    sceneId: one.sceneId,
    batchId: one.batchId,
    status: one.status,
    preset: one.preset,
    adjustments: one.adjustments,
    progress: one.progress,
    step: one.step,
    failure: one.failure,
    photoIds: one.inputPhotoIds,
    outdated: one.outdated,
    engineVersion: one.engineVersion,
    signedBy: one.signedBy,
    alterations: one.alterations,
    quality: one.status === 'done' ? qualityOf(one.report) : null,
    review: one.review && {
      state: one.review.state,
      note: one.review.note,
      decidedAt: timeOrNull(one.review.at),
    },
    width: one.width,
    height: one.height,
    createdAt: timeOf(one.createdAt),
    startedAt: timeOrNull(one.startedAt),
    finishedAt: timeOrNull(one.finishedAt),
  };
}
