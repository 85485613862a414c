import { anyId } from '@repo/foundation/text';
import { webhookSchemas } from '@repo/foundation/webhook';
import { z } from 'zod';
import { EVENT_TYPES } from '../event/table.ts';

export const SCHEMAS = webhookSchemas(EVENT_TYPES, { tests: false });

const ByOrganization = { organizationId: anyId };
const ByEndpoint = { ...ByOrganization, endpointId: anyId };

export const InOrganization = z.object(ByOrganization);
export const EndpointRef = z.object(ByEndpoint);
export const DeliveryRef = z.object({ ...ByEndpoint, deliveryId: anyId });
export const CreateWebhook = SCHEMAS.NewWebhook.extend(ByOrganization);
export const UpdateWebhook = SCHEMAS.WebhookChanges.extend(ByEndpoint);
export const RollWebhook = SCHEMAS.Roll.extend(ByEndpoint);
export const ReplayWebhook = SCHEMAS.Replay.extend(ByEndpoint);
export const ListDeliveries = SCHEMAS.DeliveryQuery.extend(ByEndpoint);
