import { defineJob } from '@repo/foundation/jobs';
import { z } from 'zod';

/** Removes what is left of a deleted organization, once the files of its projects are erased. */
export const eraseOrganizationJob = defineJob({
  name: 'organization.erase',
  payload: z.object({ organizationId: z.string() }),
  retryLimit: 10,
  concurrency: 1,
});
