import type { HttpApp } from '@repo/foundation/http';
import * as webhooks from '@repo/foundation/webhook';
import { errorResponses, type KeyContext } from '../api/rest.ts';
import { SCHEMAS } from './schema.ts';
import { WEBHOOKS } from './webhooks.ts';

export function mountWebhooks(app: HttpApp, keyContext: KeyContext): void {
  webhooks.mountWebhooks(app, {
    home: WEBHOOKS,
    schemas: SCHEMAS,
    errorResponses,
    caller(c) {
      const { ctx, organizationId: ownerId } = keyContext(c);
      return { ctx, ownerId };
    },
  });
}
