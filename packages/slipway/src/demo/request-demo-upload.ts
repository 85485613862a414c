import type { SlipwayContext } from '../context.ts';
import { requestUpload } from '../file/request-upload.ts';
import type { UploadTicket } from '../file/schema.ts';
import { DEMO_ROUTE, DEMO_RULES, RequestDemoUpload } from './schema.ts';

/**
 * An upload of a visitor of the front page. It is private, whatever the project says, and deleted after
 * a day; the project's own rules hold beside the demo's.
 */
export function requestDemoUpload(
  ctx: SlipwayContext,
  call: { projectId: string; upload: RequestDemoUpload },
): Promise<UploadTicket> {
  const upload = RequestDemoUpload.parse(call.upload);
  const { maxSize, allowedTypes } = DEMO_RULES;
  return requestUpload(ctx, {
    projectId: call.projectId,
    upload: {
      ...upload,
      route: DEMO_ROUTE,
      visibility: 'private',
      expiresInDays: 1,
      rules: { maxSize, allowedTypes: [...allowedTypes] },
    },
  });
}
