import { z } from 'zod';
import { defineJob } from '../jobs/index.ts';

/** Somebody was invited: what tells them hangs here. */
export const invitationCreatedJob = defineJob({
  name: 'invitation.created',
  payload: z.object({ invitationId: z.string() }),
});
