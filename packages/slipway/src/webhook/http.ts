import type { HttpApp } from '@repo/foundation/http';
import * as webhooks from '@repo/foundation/webhook';
import type { KeyContext } from '../file/http.ts';
import { errorResponses } from '../openapi.ts';
import { SCHEMAS } from './schema.ts';
import { WEBHOOKS } from './webhooks.ts';

export function mountWebhooks(app: HttpApp, keyContext: KeyContext): void {
  webhooks.mountWebhooks(app, {
    home: WEBHOOKS,
    schemas: SCHEMAS,
    errorResponses,
    caller(c) {
      const { ctx, projectId: ownerId } = keyContext(c);
      return { ctx, ownerId };
    },
  });
}
