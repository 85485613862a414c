import { startFauxqs } from 'fauxqs';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import type { S3Options } from '../client.ts';
import { AWS, type CorsRule, type Rules } from '../testing/rules.ts';
import { found, idsOf, openPatient, PATIENCE_MS, type Patient } from './testing/patient.ts';

/** What is not there by default: nobody set up a lifecycle, and copies of large ranges take their time. */
const LACKING = ['copy_part', 'lifecycle'];

const upstream = await startFauxqs({ port: 0, logger: false });
afterAll(() => upstream.stop());

let patient: Patient;
beforeEach(async () => {
  patient = await openPatient(upstream);
});
afterEach(() => patient.bucket.close());

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
    patient.bend({ ...rules, missing: [...(rules?.missing ?? []), 'UploadPartCopy'] });
    const report = await patient.examine(options);
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
