import { anyId } from '@repo/foundation/text';
import { z } from 'zod';
import { CALLBACK_STATES } from './table.ts';

export const ListCallbacks = z.object({
  projectId: anyId,
  state: z.enum(CALLBACK_STATES).optional(),
  cursor: anyId.optional(),
});
export type ListCallbacks = z.input<typeof ListCallbacks>;

export const CallbackRef = z.object({ projectId: anyId, fileId: anyId });
export type CallbackRef = z.input<typeof CallbackRef>;
