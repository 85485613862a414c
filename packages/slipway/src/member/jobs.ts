import { defineJob } from '@repo/foundation/jobs';
import { z } from 'zod';

/** Somebody was invited: what tells them hangs here. */
export const invitationCreatedJob = defineJob({
  name: 'invitation.created',
  payload: z.object({ invitationId: z.string() }),
});
