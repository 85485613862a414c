import { expect, test } from 'vitest';
import { openServerUnderTest } from '../storage/testing/server-under-test.ts';
import { serveTestSlipway } from '../testing/serve.ts';
import { describeMultipart } from './multipart.contract.ts';
import { requestUpload } from './request-upload.ts';

const { name, options, capabilities } = await openServerUnderTest();
const environment = {
  S3_BUCKET: options.bucket,
  S3_ENDPOINT: options.endpoint ?? '',
  S3_REGION: options.region,
  S3_ACCESS_KEY_ID: options.accessKeyId,
  S3_SECRET_ACCESS_KEY: options.secretAccessKey,
};

if (capabilities.multipart) describeMultipart(name, () => environment);
else
  test(`${name} takes no parts that stay as they are, so that uploads come whole`, async () => {
    const slipway = await serveTestSlipway(environment);
    const { ctx, ...tenant } = await slipway.tenant();
    const { id: projectId } = await slipway.project({ ctx, ...tenant });
    const size = 20 * 1024 ** 2;
    const upload = { name: 'film.bin', size, type: 'application/octet-stream', multipart: true };
    const ticket = await requestUpload(ctx, { projectId, upload });
    expect(ticket.method).toBe('PUT');
    expect(ticket.multipart).toBeUndefined();
    await slipway.close();
  });
