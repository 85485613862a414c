import { procedure, router } from '../trpc.ts';
import {
  createWebhook,
  deleteWebhook,
  getDeliveryDetail,
  getWebhook,
  listDeliveries,
  listWebhooks,
  replayWebhook,
  resendDelivery,
  revealSecret,
  rollSecret,
  sendTest,
  updateWebhook,
  webhookHealth,
} from './manage.ts';
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
