import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { completeUpload } from '../../file/complete-upload.ts';
import { requestUpload } from '../../file/request-upload.ts';
import type { TestTenant } from '../../testing/index.ts';
import { type ServedSlipway, serveTestSlipway } from '../../testing/serve.ts';

const BYTES = randomBytes(4096);

let slipway: ServedSlipway;
let tenant: TestTenant;
let projectId: string;

beforeAll(async () => {
  slipway = await serveTestSlipway();
  tenant = await slipway.tenant();
  ({ id: projectId } = await slipway.project(tenant));
});
afterAll(() => slipway.close());

const announce = () =>
  requestUpload(tenant.ctx, {
    projectId,
    upload: { name: 'a.bin', size: BYTES.length, type: 'application/octet-stream' },
  });

const put = (
  { url, headers }: { url: string; headers: Record<string, string> },
  body: Buffer,
  more: Record<string, string> = {},
) => fetch(url, { method: 'PUT', headers: { ...headers, ...more }, body: new Uint8Array(body) });

/** As S3 clients frame bodies that they sign piece by piece. */
function awsChunked(trailer: string): Buffer {
  const size = BYTES.length.toString(16);
  return Buffer.concat([
    Buffer.from(`${size};chunk-signature=${'0'.repeat(64)}\r\n`),
    BYTES,
    Buffer.from(`\r\n0;chunk-signature=${'0'.repeat(64)}\r\n${trailer}\r\n`),
  ]);
}

test.each([
  ['without a trailer', ''],
  ['with a trailer', 'x-amz-checksum-crc32:AAAAAA==\r\n'],
])('a body framed for S3 %s is refused, never stored with its frame', async (_, trailer) => {
  const ticket = await announce();
  const refused = await put(ticket, awsChunked(trailer), {
    'content-encoding': 'aws-chunked',
    'x-amz-decoded-content-length': String(BYTES.length),
    'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
  });
  expect(refused.status).toBe(415);
  expect(await tenant.ctx.storages.default.head(ticket.key)).toBeNull();
});

test('an upload URL brings one object: of fifty at once one succeeds, and afterwards none', async () => {
  const ticket = await announce();
  const answers = await Promise.all(Array.from({ length: 50 }, () => put(ticket, BYTES)));
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  expect(statuses.filter((status) => status === 409)).toHaveLength(49);
  await completeUpload(tenant.ctx, { projectId, upload: { id: ticket.id } });
  expect((await put(ticket, randomBytes(BYTES.length))).status).toBe(409);
});
