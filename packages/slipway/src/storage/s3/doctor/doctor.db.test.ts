import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PutBucketLifecycleConfigurationCommand } from '@aws-sdk/client-s3';
import { startFauxqs } from 'fauxqs';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { createPublicNetwork } from '../../../storage-connection/public-network.ts';
import { createS3Client } from '../client.ts';
import { PROBE_FOLDER } from '../probe/bench.ts';
import { createS3Storage } from '../s3-storage.ts';
import type { CorsRule } from '../testing/rules.ts';
import { runDoctor } from './run-doctor.ts';
import { found, idsOf, ORIGIN, openPatient, PATIENCE_MS, type Patient } from './testing/patient.ts';

const upstream = await startFauxqs({ port: 0, logger: false });
afterAll(() => upstream.stop());

let patient: Patient;
beforeEach(async () => {
  patient = await openPatient(upstream);
});
afterEach(() => patient.bucket.close());

test(
  'a bucket as it should be: everything was looked at, nothing is wrong, nothing is left',
  async () => {
    const report = await patient.examine({}, true);
    expect(report.mended).toEqual(['lifecycle']);
    const again = await patient.examine();
    expect(idsOf(again, 'problem', 'warning', 'not_checked')).toEqual([]);
    expect(again.checks.length).toBeGreaterThanOrEqual(30);
    expect(new Set(again.checks.map(({ id }) => id)).size).toBe(again.checks.length);
    expect(again.capabilities).toMatchObject({ createOnlyPut: true, verifiesParts: true });
    const storage = createS3Storage(patient.bucket.options);
    const left: string[] = [];
    for await (const { key } of storage.list()) left.push(key);
    for await (const { key } of storage.listMultiparts()) left.push(key);
    expect(left.filter((key) => key.startsWith(PROBE_FOLDER))).toEqual([]);
  },
  PATIENCE_MS,
);

test(
  'finds a rule that deletes files',
  async () => {
    await createS3Client(patient.bucket.options).send(
      new PutBucketLifecycleConfigurationCommand({
        Bucket: patient.bucket.options.bucket,
        LifecycleConfiguration: {
          Rules: [
            { ID: 'old', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 30 } },
          ],
        },
      }),
    );
    const report = await patient.examine();
    expect(found(report, 'expiration').found).toMatch(/“old” deletes objects after 30 days/);
    // Mending the other adds to it, and deletes nobody's rule.
    expect((await patient.examine({}, true)).mended).toEqual(['lifecycle']);
    expect(found(await patient.examine(), 'expiration').found).toMatch(/“old”/);
  },
  PATIENCE_MS,
);

test(
  'mends CORS when it may: others’ rules stay, and a second origin is added to the first',
  async () => {
    const theirs: CorsRule = {
      origins: ['https://other.example.com'],
      methods: ['GET'],
      headers: ['*'],
      expose: [],
    };
    patient.bend({ cors: [theirs] });
    const report = await patient.examine({}, true);
    expect(report.mended).toEqual(expect.arrayContaining(['cors_preflight']));
    expect(idsOf(report, 'problem', 'warning', 'not_checked')).toEqual([]);
    const second = { origin: 'https://second.example.com', mend: true };
    await runDoctor(patient.bucket.options, second);
    expect(patient.bucket.rules.cors).toMatchObject([
      { origins: [ORIGIN, second.origin], expose: expect.arrayContaining(['ETag']) },
      theirs,
    ]);
    expect(idsOf(await patient.examine(), 'problem', 'warning')).toEqual([]);
  },
  PATIENCE_MS,
);

test(
  'without a wish changes nothing, and says when mending was refused',
  async () => {
    patient.bend({ cors: null });
    await patient.examine();
    expect(patient.bucket.asked).not.toContain('PutBucketCors');
    patient.bend({ cors: null, denied: ['PutBucketCors'] });
    const report = await patient.examine({}, true);
    expect(found(report, 'cors_preflight').found).toMatch(/Mending it was refused with 403/);
    expect(report.mended).toEqual(['lifecycle']);
  },
  PATIENCE_MS,
);

test(
  'mends also where the SDK’s checksums are refused',
  async () => {
    patient.bend({ cors: null, checksums: 'refused' });
    const report = await patient.examine({}, true);
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
    const report = await patient.examine({ endpoint: `http://127.0.0.1:${port}` });
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
    const report = await patient.examine({ endpoint: `http://127.0.0.1:${port}` });
    expect(idsOf(report, 'problem')).not.toEqual([]);
    expect(report.capabilities).toBeNull();
    page.close();
  },
  PATIENCE_MS,
);

test('a bucket whose name is at the other place of the address', async () => {
  const { port } = new URL(patient.bucket.options.endpoint ?? '');
  const network = createPublicNetwork({
    isAllowed: () => true,
    resolve: (host, _, done) =>
      host === 's3.test'
        ? done(null, [{ address: '127.0.0.1', family: 4 }])
        : done(Object.assign(new Error(`no ${host}`), { code: 'ENOTFOUND' }), []),
  });
  const endpoint = `http://s3.test:${port}`;
  const report = await patient.examine({ endpoint, network, forcePathStyle: false });
  expect(idsOf(report, 'problem')).toEqual(['addressing']);
  expect(found(report, 'addressing').remedy?.code).toBe('S3_FORCE_PATH_STYLE=true');
  // Nor is it on this machine any more, as far as anybody can tell.
  expect(idsOf(report, 'warning')).toEqual(['tls']);
});

test(
  'a server that knows no lifecycle is fine as long as forgotten uploads can be listed',
  async () => {
    patient.bend({ missing: ['GetBucketLifecycleConfiguration'] });
    const able = await patient.examine();
    expect(idsOf(able, 'problem', 'warning')).toEqual([]);
    expect(found(able, 'lifecycle').found).toMatch(/Slipway removes those that it lists/);
    patient.bend({ missing: ['GetBucketLifecycleConfiguration', 'ListMultipartUploads'] });
    expect(idsOf(await patient.examine(), 'problem', 'warning')).toEqual([
      'list_multiparts',
      'lifecycle',
    ]);
  },
  PATIENCE_MS,
);
