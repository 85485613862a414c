import * as webhooks from '@repo/foundation/webhook';
import type { SlipwayContext } from '../context.ts';
import {
  CreateWebhook,
  DeliveryRef,
  EndpointRef,
  ListDeliveries,
  ReplayWebhook,
  RollWebhook,
  UpdateWebhook,
} from './schema.ts';
import { WEBHOOKS } from './webhooks.ts';

const at = (ctx: SlipwayContext): webhooks.At => ({ home: WEBHOOKS, ctx });

const refOf = ({ projectId: ownerId, endpointId }: EndpointRef) => ({ ownerId, endpointId });

export const listWebhooks = (ctx: SlipwayContext, projectId: string) =>
  webhooks.listWebhooks(at(ctx), projectId);

export const webhookHealth = (ctx: SlipwayContext, projectId: string) =>
  webhooks.webhookHealth(at(ctx), projectId);

export const getWebhook = (ctx: SlipwayContext, ref: EndpointRef) =>
  webhooks.getWebhook(at(ctx), refOf(ref));

export const createWebhook = (ctx: SlipwayContext, input: CreateWebhook) =>
  webhooks.createWebhook(at(ctx), {
    ownerId: input.projectId,
    read: () => CreateWebhook.parse(input),
  });

export const updateWebhook = (ctx: SlipwayContext, input: UpdateWebhook) =>
  webhooks.updateWebhook(at(ctx), { ref: refOf(input), read: () => UpdateWebhook.parse(input) });

export const deleteWebhook = (ctx: SlipwayContext, input: EndpointRef) =>
  webhooks.deleteWebhook(at(ctx), refOf(EndpointRef.parse(input)));

export const revealSecret = (ctx: SlipwayContext, input: EndpointRef) =>
  webhooks.revealSecret(at(ctx), refOf(EndpointRef.parse(input)));

export const rollSecret = (ctx: SlipwayContext, input: RollWebhook) =>
  webhooks.rollSecret(at(ctx), { ref: refOf(input), read: () => RollWebhook.parse(input) });

export const sendTest = (ctx: SlipwayContext, input: EndpointRef) =>
  webhooks.sendTest(at(ctx), refOf(EndpointRef.parse(input)));

export const listDeliveries = (ctx: SlipwayContext, input: ListDeliveries) =>
  webhooks.listDeliveries(at(ctx), { ref: refOf(input), read: () => ListDeliveries.parse(input) });

export const getDeliveryDetail = (ctx: SlipwayContext, ref: DeliveryRef) =>
  webhooks.getDeliveryDetail(at(ctx), { ...refOf(ref), deliveryId: ref.deliveryId });

export const resendDelivery = (ctx: SlipwayContext, input: DeliveryRef) => {
  const ref = DeliveryRef.parse(input);
  return webhooks.resendDelivery(at(ctx), { ...refOf(ref), deliveryId: ref.deliveryId });
};

export const replayWebhook = (ctx: SlipwayContext, input: ReplayWebhook) =>
  webhooks.replayWebhook(at(ctx), { ref: refOf(input), read: () => ReplayWebhook.parse(input) });

/** Handler of `webhook.deliver`. */
export const deliver = (
  ctx: SlipwayContext,
  payload: { deliveryId: string },
  run: { signal?: AbortSignal } = {},
) => webhooks.deliver(at(ctx), payload, run);

/** Handler of `webhook.sweep`. */
export const sweepDeliveries = (ctx: SlipwayContext) => webhooks.sweepDeliveries(at(ctx));
