import type { HttpApp } from '@repo/foundation/http';
import * as webhooks from '@repo/foundation/webhook';
import { errorResponses, type KeyContext } from '../api/rest.ts';
import { EVENT_TYPES } from '../event/table.ts';
import { WEBHOOKS } from './webhooks.ts';

export function mountWebhooks(app: HttpApp, keyContext: KeyContext): void {
  webhooks.mountWebhooks(app, {
    home: WEBHOOKS,
    schemas: webhooks.webhookSchemas(EVENT_TYPES, { tests: false }),
    errorResponses,
    caller(c) {
      const { ctx, organizationId: ownerId } = keyContext(c);
      return { ctx, ownerId };
    },
  });
}
