import { procedure, router } from '../trpc.ts';
import { createWebhook } from './create.ts';
import { deleteWebhook } from './delete.ts';
import { getDeliveryDetail, listDeliveries } from './deliveries.ts';
import { getWebhook, listWebhooks, webhookHealth } from './list.ts';
import { replayWebhook, resendDelivery, sendTest } from './resend.ts';
import {
  CreateWebhook,
  DeliveryRef,
  EndpointRef,
  InProject,
  ListDeliveries,
  ReplayWebhook,
  RollWebhook,
  UpdateWebhook,
} from './schema.ts';
import { revealSecret, rollSecret } from './secret.ts';
import { updateWebhook } from './update.ts';

export const webhookRouter = router({
  list: procedure.input(InProject).query(({ ctx, input }) => listWebhooks(ctx, input.projectId)),
  health: procedure.input(InProject).query(({ ctx, input }) => webhookHealth(ctx, input.projectId)),
  get: procedure.input(EndpointRef).query(({ ctx, input }) => getWebhook(ctx, input)),
  create: procedure.input(CreateWebhook).mutation(({ ctx, input }) => createWebhook(ctx, input)),
  update: procedure.input(UpdateWebhook).mutation(({ ctx, input }) => updateWebhook(ctx, input)),
  delete: procedure.input(EndpointRef).mutation(({ ctx, input }) => deleteWebhook(ctx, input)),
  reveal: procedure.input(EndpointRef).mutation(({ ctx, input }) => revealSecret(ctx, input)),
  roll: procedure.input(RollWebhook).mutation(({ ctx, input }) => rollSecret(ctx, input)),
  test: procedure.input(EndpointRef).mutation(({ ctx, input }) => sendTest(ctx, input)),
  deliveries: procedure.input(ListDeliveries).query(({ ctx, input }) => listDeliveries(ctx, input)),
  delivery: procedure.input(DeliveryRef).query(({ ctx, input }) => getDeliveryDetail(ctx, input)),
  resend: procedure.input(DeliveryRef).mutation(({ ctx, input }) => resendDelivery(ctx, input)),
  replay: procedure.input(ReplayWebhook).mutation(({ ctx, input }) => replayWebhook(ctx, input)),
});
