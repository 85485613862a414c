import { anyId } from '@repo/foundation/text';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';
import { CreateUploadthingKey, createUploadthingKey } from './create-key.ts';
import { getUploadthingSettings } from './get-settings.ts';
import { RevokeUploadthingKey, revokeUploadthingKey } from './revoke-key.ts';

export const uploadthingRouter = router({
  get: procedure
    .input(z.object({ projectId: anyId }))
    .query(({ ctx, input }) => getUploadthingSettings(ctx, input.projectId)),
  createKey: procedure
    .input(CreateUploadthingKey)
    .mutation(({ ctx, input }) => createUploadthingKey(ctx, input)),
  revokeKey: procedure
    .input(RevokeUploadthingKey)
    .mutation(({ ctx, input }) => revokeUploadthingKey(ctx, input)),
});
