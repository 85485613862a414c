import { afterAll, beforeAll, expect, test } from 'vitest';
import { requestUpload } from '../../file/request-upload.ts';
import { type ServedSlipway, serveTestSlipway } from '../../testing/serve.ts';

let slipway: ServedSlipway;

beforeAll(async () => {
  slipway = await serveTestSlipway();
});
afterAll(() => slipway.close());

const SIGNATURE = '0'.repeat(64);
const FRAMED = Buffer.from(
  `5;chunk-signature=${SIGNATURE}\r\nbytes\r\n0;chunk-signature=${SIGNATURE}\r\n\r\n`,
);

test.each(['aws-chunked', 'gzip', 'aws-chunked,gzip'])(
  'bytes wrapped in %s are refused, also when all of it is as long as was announced',
  async (encoding) => {
    const tenant = await slipway.tenant();
    const { id: projectId } = await slipway.project(tenant);
    const upload = { name: 'a.bin', size: FRAMED.length, type: 'application/octet-stream' };
    const { key, url, headers } = await requestUpload(tenant.ctx, { projectId, upload });
    const put = (more: Record<string, string>) =>
      fetch(url, { method: 'PUT', headers: { ...headers, ...more }, body: new Uint8Array(FRAMED) });
    expect((await put({ 'content-encoding': encoding })).status).toBe(415);
    expect(await tenant.ctx.storages.default.head(key)).toBeNull();
    expect((await put({ 'content-encoding': 'identity' })).status).toBe(200);
  },
);
