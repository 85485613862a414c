import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateBucketCommand, PutBucketLifecycleConfigurationCommand } from '@aws-sdk/client-s3';
import { startFauxqs } from 'fauxqs';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { createPublicNetwork } from '../../../storage-connection/public-network.ts';
import { createS3Client, type S3Options } from '../client.ts';
import { PROBE_FOLDER } from '../probe/bench.ts';
import { createS3Storage } from '../s3-storage.ts';
import { AWS, type CorsRule, type Rules } from '../testing/rules.ts';
import { type StrictS3, startStrictS3 } from '../testing/strict-s3.ts';
import type { DoctorReport } from './report.ts';
import { runDoctor } from './run-doctor.ts';

const ORIGIN = 'https://app.example.com';
/** A visit is a hundred requests, and other tests want the cores, too. */
const PATIENCE_MS = 60_000;

const upstream = await startFauxqs({ port: 0, logger: false });
afterAll(() => upstream.stop());

let bucket: StrictS3;
beforeEach(async () => {
  upstream.purgeAll();
  bucket = await startStrictS3(`http://127.0.0.1:${upstream.port}`);
  const client = createS3Client(bucket.options);
  await client.send(new CreateBucketCommand({ Bucket: bucket.options.bucket }));
});
afterEach(() => bucket.close());

const examine = (change: Partial<S3Options> = {}, mend = false) =>
  runDoctor({ ...bucket.options, ...change }, { origin: ORIGIN, mend });
const bend = (rules: Partial<Rules>) => {
  bucket.rules = { ...AWS, ...rules };
};
/** What is not there by default: nobody set up a lifecycle, and copies of large ranges take their time. */
const LACKING = ['copy_part', 'lifecycle'];
const idsOf = ({ checks }: DoctorReport, ...outcomes: string[]) =>
  checks.filter(({ outcome }) => outcomes.includes(outcome)).map(({ id }) => id);
const found = ({ checks }: DoctorReport, id: string) =>
  checks.find((check) => check.id === id) ?? { found: 'no such check', remedy: null };

test(
  'a bucket as it should be: everything was looked at, nothing is wrong, nothing is left',
  async () => {
    const report = await examine({}, true);
    expect(report.mended).toEqual(['lifecycle']);
    const again = await examine();
    expect(idsOf(again, 'problem', 'warning', 'not_checked')).toEqual([]);
    expect(again.checks.length).toBeGreaterThanOrEqual(30);
    expect(new Set(again.checks.map(({ id }) => id)).size).toBe(again.checks.length);
    expect(again.capabilities).toMatchObject({ createOnlyPut: true, verifiesParts: true });
    const storage = createS3Storage(bucket.options);
    const left: string[] = [];
    for await (const { key } of storage.list()) left.push(key);
    for await (const { key } of storage.listMultiparts()) left.push(key);
    expect(left.filter((key) => key.startsWith(PROBE_FOLDER))).toEqual([]);
  },
  PATIENCE_MS,
);

test.each<{
  what: string;
  rules?: Partial<Rules>;
  options?: Partial<S3Options>;
  /** The check that names it, and what it says. */
  id: string;
  says: RegExp;
  remedy: RegExp;
  /** Others that fail with it. */
  also?: string[];
}>([
  {
    what: 'an access key that nobody knows',
    options: { accessKeyId: 'AKIDOTHER' },
    id: 'credentials',
    says: /no access key AKIDOTHER/,
    remedy: /Copy the access key/,
  },
  {
    what: 'the secret of another key',
    options: { secretAccessKey: 'another' },
    id: 'credentials',
    says: /secret is not the one of AKIDTESTKEY/,
    remedy: /secret/,
  },
  {
    what: 'another region',
    options: { region: 'us-east-1' },
    id: 'region',
    says: /in eu-central-1, not in us-east-1/,
    remedy: /eu-central-1/,
  },
  {
    what: 'a bucket that does not exist',
    options: { bucket: 'missing' },
    id: 'bucket',
    says: /no bucket missing/,
    remedy: /create-bucket --bucket missing/,
  },
  {
    what: 'a clock that is an hour ahead',
    rules: { clockSkewMs: 3_600_000 },
    id: 'clock',
    says: /60 minutes ahead/,
    remedy: /NTP/,
  },
  {
    what: 'no permission to list',
    rules: { denied: ['ListObjectsV2'] },
    id: 'list',
    says: /403 AccessDenied/,
    remedy: /s3:ListBucket/,
  },
  {
    what: 'no permission to write',
    rules: { denied: ['PutObject'] },
    id: 'put',
    says: /403 AccessDenied/,
    remedy: /s3:PutObject/,
  },
  {
    what: 'no permission to delete',
    rules: { denied: ['DeleteObject'] },
    id: 'delete',
    says: /403 AccessDenied/,
    remedy: /s3:DeleteObject/,
  },
  {
    what: 'signatures that nobody checks',
    rules: { signatures: false },
    id: 'forged_url',
    says: /signature is wrong stored/,
    remedy: /compare every request/,
    also: ['signed_size', 'signed_type', 'part_size'],
  },
  {
    what: 'URLs that never end',
    rules: { expiry: false },
    id: 'expired_url',
    says: /still good long after/i,
    remedy: /compare every request/,
  },
  {
    what: 'If-None-Match that is ignored',
    rules: { createOnly: 'ignored' },
    id: 'create_only',
    says: /used twice/,
    remedy: /incoming key/,
  },
  {
    what: 'If-None-Match that is refused',
    rules: { createOnly: 'refused' },
    id: 'create_only',
    says: /501 NotImplemented/,
    remedy: /incoming key/,
  },
  {
    what: 'checksums that nobody compares',
    rules: { checksums: 'ignored' },
    id: 'digest',
    says: /another SHA-256 than was pinned were stored/,
    remedy: /reads uploads back/,
    also: ['part_digests'],
  },
  {
    what: 'no ranges',
    rules: { range: false },
    id: 'range',
    says: /asked for 10 of 64 bytes, 64 came/i,
    remedy: /skipped through/,
  },
  {
    what: 'no uploads in parts',
    rules: { missing: ['CreateMultipartUpload'] },
    id: 'multipart',
    says: /501 NotImplemented/,
    remedy: /one PUT/,
  },
  {
    what: 'parts that are taken after the end',
    rules: { lateParts: true },
    id: 'multipart',
    says: /still takes bytes after/,
    remedy: /one PUT/,
  },
  {
    what: 'no permission to abort',
    rules: { denied: ['AbortMultipartUpload'] },
    id: 'abort',
    says: /403 AccessDenied/,
    remedy: /s3:AbortMultipartUpload/,
  },
  {
    what: 'no permission to list uploads in parts',
    rules: { denied: ['ListMultipartUploads'] },
    id: 'list_multiparts',
    says: /403 AccessDenied/,
    remedy: /s3:ListBucketMultipartUploads/,
  },
  {
    what: 'no copies',
    rules: { missing: ['CopyObject'] },
    id: 'copy',
    says: /501 NotImplemented/,
    remedy: /s3:GetObject/,
  },
  {
    what: 'no CORS rules',
    rules: { cors: null },
    id: 'cors_preflight',
    says: /refused with 403/,
    remedy: /put-bucket-cors.*https:\/\/app\.example\.com/s,
    also: ['cors_get'],
  },
  {
    what: 'a CORS rule for another site',
    rules: { cors: [rule({ origins: ['https://other.example.com'] })] },
    id: 'cors_preflight',
    says: /refused with 403/,
    remedy: /put-bucket-cors/,
    also: ['cors_get'],
  },
  {
    what: 'a CORS rule without the headers of an upload',
    rules: { cors: [rule({ headers: ['content-type'] })] },
    id: 'cors_preflight',
    says: /PUT with content-type, if-none-match, x-amz-checksum-sha256/,
    remedy: /if-none-match/,
  },
  {
    what: 'an ETag that browsers do not see',
    rules: { cors: [rule({ expose: [] })] },
    id: 'cors_etag',
    says: /not in Access-Control-Expose-Headers/,
    remedy: /ExposeHeaders/,
  },
  {
    what: 'strangers who may list',
    rules: { anonymous: ['ListObjectsV2'] },
    id: 'stranger_list',
    says: /anybody can list/i,
    remedy: /put-public-access-block/,
  },
  {
    what: 'strangers who may read',
    rules: { anonymous: ['GetObject'] },
    id: 'stranger_get',
    says: /knows the key/,
    remedy: /put-public-access-block/,
  },
  {
    what: 'strangers who may write',
    rules: { anonymous: ['PutObject'] },
    id: 'stranger_put',
    says: /anybody can store/i,
    remedy: /put-public-access-block/,
  },
  {
    what: 'versions that stay',
    rules: { versioning: 'Enabled' },
    id: 'versioning',
    says: /keeps old versions/,
    remedy: /Suspended/,
  },
])(
  'finds $what, and names it',
  async ({ rules, options, id, says, remedy, also = [] }) => {
    bend({ ...rules, missing: [...(rules?.missing ?? []), 'UploadPartCopy'] });
    const report = await examine(options);
    expect(found(report, id).found).toMatch(says);
    const { text = '', code = '' } = found(report, id).remedy ?? {};
    expect(`${text}\n${code}`).toMatch(remedy);
    const others = idsOf(report, 'problem', 'warning').filter((other) => !LACKING.includes(other));
    expect(others.sort()).toEqual([id, ...also].sort());
  },
  PATIENCE_MS,
);

function rule(change: Partial<CorsRule>): CorsRule {
  const [proper] = AWS.cors ?? [];
  if (proper === undefined) throw new Error('expected a rule');
  return { ...proper, ...change };
}

test(
  'finds a rule that deletes files',
  async () => {
    await createS3Client(bucket.options).send(
      new PutBucketLifecycleConfigurationCommand({
        Bucket: bucket.options.bucket,
        LifecycleConfiguration: {
          Rules: [
            { ID: 'old', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 30 } },
          ],
        },
      }),
    );
    const report = await examine();
    expect(found(report, 'expiration').found).toMatch(/“old” deletes objects after 30 days/);
    // Mending the other adds to it, and deletes nobody's rule.
    expect((await examine({}, true)).mended).toEqual(['lifecycle']);
    expect(found(await examine(), 'expiration').found).toMatch(/“old”/);
  },
  PATIENCE_MS,
);

test(
  'mends CORS when it may: others’ rules stay, and a second origin is added to the first',
  async () => {
    const theirs = rule({ origins: ['https://other.example.com'], methods: ['GET'] });
    bend({ cors: [theirs] });
    const report = await examine({}, true);
    expect(report.mended).toEqual(expect.arrayContaining(['cors_preflight']));
    expect(idsOf(report, 'problem', 'warning', 'not_checked')).toEqual([]);
    const second = { origin: 'https://second.example.com', mend: true };
    await runDoctor(bucket.options, second);
    expect(bucket.rules.cors).toMatchObject([
      { origins: [ORIGIN, second.origin], expose: expect.arrayContaining(['ETag']) },
      theirs,
    ]);
    expect(idsOf(await examine(), 'problem', 'warning')).toEqual([]);
  },
  PATIENCE_MS,
);

test(
  'without a wish changes nothing, and says when mending was refused',
  async () => {
    bend({ cors: null });
    await examine();
    expect(bucket.asked).not.toContain('PutBucketCors');
    bend({ cors: null, denied: ['PutBucketCors'] });
    const report = await examine({}, true);
    expect(found(report, 'cors_preflight').found).toMatch(/Mending it was refused with 403/);
    expect(report.mended).toEqual(['lifecycle']);
  },
  PATIENCE_MS,
);

test(
  'mends also where the SDK’s checksums are refused',
  async () => {
    bend({ cors: null, checksums: 'refused' });
    const report = await examine({}, true);
    expect(report.mended).toEqual(expect.arrayContaining(['cors_preflight', 'lifecycle']));
  },
  PATIENCE_MS,
);

test(
  'an endpoint at which nobody listens is one problem, and the rest waits for it',
  async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const report = await examine({ endpoint: `http://127.0.0.1:${port}` });
    expect(idsOf(report, 'problem')).toEqual(['reach']);
    expect(found(report, 'reach').found).toMatch(new RegExp(`nothing listens.*${port}`, 'i'));
    expect(idsOf(report, 'ok', 'warning')).toEqual([]);
    expect(report.capabilities).toBeNull();
  },
  PATIENCE_MS,
);

test(
  'a page that answers everything is no bucket',
  async () => {
    const page = createServer((_, response) => response.end('<html>Welcome to nginx</html>'));
    await new Promise<void>((resolve) => page.listen(0, '127.0.0.1', resolve));
    const { port } = page.address() as AddressInfo;
    const report = await examine({ endpoint: `http://127.0.0.1:${port}` });
    expect(idsOf(report, 'problem')).not.toEqual([]);
    expect(report.capabilities).toBeNull();
    page.close();
  },
  PATIENCE_MS,
);

test('a bucket whose name is at the other place of the address', async () => {
  const { port } = new URL(bucket.options.endpoint ?? '');
  const network = createPublicNetwork({
    isAllowed: () => true,
    resolve: (host, _, done) =>
      host === 's3.test'
        ? done(null, [{ address: '127.0.0.1', family: 4 }])
        : done(Object.assign(new Error(`no ${host}`), { code: 'ENOTFOUND' }), []),
  });
  const endpoint = `http://s3.test:${port}`;
  const report = await examine({ endpoint, network, forcePathStyle: false });
  expect(idsOf(report, 'problem')).toEqual(['addressing']);
  expect(found(report, 'addressing').remedy?.code).toBe('S3_FORCE_PATH_STYLE=true');
  // Nor is it on this machine any more, as far as anybody can tell.
  expect(idsOf(report, 'warning')).toEqual(['tls']);
});

test(
  'a server that knows no lifecycle is fine as long as forgotten uploads can be listed',
  async () => {
    bend({ missing: ['GetBucketLifecycleConfiguration'] });
    const able = await examine();
    expect(idsOf(able, 'problem', 'warning')).toEqual([]);
    expect(found(able, 'lifecycle').found).toMatch(/Slipway removes those that it lists/);
    bend({ missing: ['GetBucketLifecycleConfiguration', 'ListMultipartUploads'] });
    expect(idsOf(await examine(), 'problem', 'warning')).toEqual(['list_multiparts', 'lifecycle']);
  },
  PATIENCE_MS,
);
