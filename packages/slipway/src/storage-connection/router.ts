import { anyId } from '@repo/foundation/text';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';
import { checkStorage } from './check.ts';
import { connectStorage } from './connect.ts';
import { disconnectStorage } from './disconnect.ts';
import { listStorages } from './list.ts';
import { cancelMove } from './move/cancel-move.ts';
import { startMove } from './move/start-move.ts';
import {
  CheckStorage,
  ConnectStorage,
  DisconnectStorage,
  MoveRef,
  ToStorage,
  UpdateCredentials,
} from './schema.ts';
import { updateCredentials } from './update-credentials.ts';
import { setProjectStorage } from './use.ts';

export const storageRouter = router({
  list: procedure
    .input(z.object({ projectId: anyId }))
    .query(({ ctx, input }) => listStorages(ctx, input.projectId)),
  connect: procedure.input(ConnectStorage).mutation(({ ctx, input }) => connectStorage(ctx, input)),
  updateCredentials: procedure
    .input(UpdateCredentials)
    .mutation(({ ctx, input }) => updateCredentials(ctx, input)),
  check: procedure.input(CheckStorage).mutation(({ ctx, input }) => checkStorage(ctx, input)),
  use: procedure.input(ToStorage).mutation(({ ctx, input }) => setProjectStorage(ctx, input)),
  disconnect: procedure
    .input(DisconnectStorage)
    .mutation(({ ctx, input }) => disconnectStorage(ctx, input)),
  startMove: procedure.input(ToStorage).mutation(({ ctx, input }) => startMove(ctx, input)),
  cancelMove: procedure.input(MoveRef).mutation(({ ctx, input }) => cancelMove(ctx, input)),
});
