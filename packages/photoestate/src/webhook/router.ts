import * as webhooks from '@repo/foundation/webhook';
import type { Context } from '../context.ts';
import { procedure, router } from '../trpc.ts';
import {
  CreateWebhook,
  DeliveryRef,
  EndpointRef,
  InOrganization,
  ListDeliveries,
  ReplayWebhook,
  RollWebhook,
  UpdateWebhook,
} from './schema.ts';
import { WEBHOOKS } from './webhooks.ts';

const at = (ctx: Context): webhooks.At => ({ home: WEBHOOKS, ctx });

/** What a page calls an endpoint by, as the verbs do. */
const byOwner = <I extends { organizationId: string; endpointId: string }>(input: I) => {
  const { organizationId: ownerId, endpointId, ...rest } = input;
  return { ref: { ownerId, endpointId }, read: () => rest };
};

/** The page of an organization's webhooks. */
export const webhookRouter = router({
  list: procedure
    .input(InOrganization)
    .query(({ ctx, input }) => webhooks.listWebhooks(at(ctx), input.organizationId)),
  health: procedure
    .input(InOrganization)
    .query(({ ctx, input }) => webhooks.webhookHealth(at(ctx), input.organizationId)),
  get: procedure
    .input(EndpointRef)
    .query(({ ctx, input }) => webhooks.getWebhook(at(ctx), byOwner(input).ref)),
  create: procedure
    .input(CreateWebhook)
    .mutation(({ ctx, input: { organizationId: ownerId, ...wish } }) =>
      webhooks.createWebhook(at(ctx), { ownerId, read: () => wish }),
    ),
  update: procedure
    .input(UpdateWebhook)
    .mutation(({ ctx, input }) => webhooks.updateWebhook(at(ctx), byOwner(input))),
  delete: procedure
    .input(EndpointRef)
    .mutation(({ ctx, input }) => webhooks.deleteWebhook(at(ctx), byOwner(input).ref)),
  reveal: procedure
    .input(EndpointRef)
    .mutation(({ ctx, input }) => webhooks.revealSecret(at(ctx), byOwner(input).ref)),
  roll: procedure
    .input(RollWebhook)
    .mutation(({ ctx, input }) => webhooks.rollSecret(at(ctx), byOwner(input))),
  test: procedure
    .input(EndpointRef)
    .mutation(({ ctx, input }) => webhooks.sendTest(at(ctx), byOwner(input).ref)),
  deliveries: procedure
    .input(ListDeliveries)
    .query(({ ctx, input }) => webhooks.listDeliveries(at(ctx), byOwner(input))),
  delivery: procedure
    .input(DeliveryRef)
    .query(({ ctx, input: { deliveryId, ...input } }) =>
      webhooks.getDeliveryDetail(at(ctx), { ...byOwner(input).ref, deliveryId }),
    ),
  resend: procedure
    .input(DeliveryRef)
    .mutation(({ ctx, input: { deliveryId, ...input } }) =>
      webhooks.resendDelivery(at(ctx), { ...byOwner(input).ref, deliveryId }),
    ),
  replay: procedure
    .input(ReplayWebhook)
    .mutation(({ ctx, input }) => webhooks.replayWebhook(at(ctx), byOwner(input))),
});
