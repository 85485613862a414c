import { anyId } from '@repo/foundation/text';
import { webhookSchemas } from '@repo/foundation/webhook';
import { z } from 'zod';
import { EVENT_TYPES } from '../event/table.ts';

export const SCHEMAS = webhookSchemas(EVENT_TYPES, { tests: true });

const ByProject = { projectId: anyId };
const ByEndpoint = { ...ByProject, endpointId: anyId };

export const InProject = z.object(ByProject);
export const EndpointRef = z.object(ByEndpoint);
export type EndpointRef = z.infer<typeof EndpointRef>;
export const DeliveryRef = z.object({ ...ByEndpoint, deliveryId: anyId });
export type DeliveryRef = z.infer<typeof DeliveryRef>;
export const CreateWebhook = SCHEMAS.NewWebhook.extend(ByProject);
export type CreateWebhook = z.input<typeof CreateWebhook>;
export const UpdateWebhook = SCHEMAS.WebhookChanges.extend(ByEndpoint);
export type UpdateWebhook = z.input<typeof UpdateWebhook>;
export const RollWebhook = SCHEMAS.Roll.extend(ByEndpoint);
export type RollWebhook = z.input<typeof RollWebhook>;
export const ReplayWebhook = SCHEMAS.Replay.extend(ByEndpoint);
export type ReplayWebhook = z.input<typeof ReplayWebhook>;
export const ListDeliveries = SCHEMAS.DeliveryQuery.extend(ByEndpoint);
export type ListDeliveries = z.input<typeof ListDeliveries>;
