import { procedure, router } from '../trpc.ts';
import { approveDeviceLogin, denyDeviceLogin } from './answer.ts';
import { getDeviceLogin } from './get.ts';
import { ApproveDeviceLogin, DeviceLoginCode } from './schema.ts';

export const deviceLoginRouter = router({
  // No query: codes are nothing for addresses and their logs.
  get: procedure.input(DeviceLoginCode).mutation(({ ctx, input }) => getDeviceLogin(ctx, input)),
  approve: procedure
    .input(ApproveDeviceLogin)
    .mutation(({ ctx, input }) => approveDeviceLogin(ctx, input)),
  deny: procedure.input(DeviceLoginCode).mutation(({ ctx, input }) => denyDeviceLogin(ctx, input)),
});
