import { procedure, router } from '../trpc.ts';
import { createApiKey, listApiKeys, renameApiKey, revokeApiKey, rollApiKey } from './manage.ts';
import { CreateApiKey, KeyRef, KeysOf, RenameApiKey, RollApiKey } from './schema.ts';

export const apiKeyRouter = router({
  list: procedure.input(KeysOf).query(({ ctx, input }) => listApiKeys(ctx, input)),
  create: procedure.input(CreateApiKey).mutation(({ ctx, input }) => createApiKey(ctx, input)),
  rename: procedure.input(RenameApiKey).mutation(({ ctx, input }) => renameApiKey(ctx, input)),
  roll: procedure.input(RollApiKey).mutation(({ ctx, input }) => rollApiKey(ctx, input)),
  revoke: procedure.input(KeyRef).mutation(({ ctx, input }) => revokeApiKey(ctx, input)),
});
