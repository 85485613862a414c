import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { startFauxqs } from 'fauxqs';
import { afterAll, expect, test } from 'vitest';
import type { Capabilities } from '../capabilities.ts';
import { describeStorage } from '../storage.contract.ts';
import { createS3Client } from './client.ts';
import { probeStorage } from './probe/probe.ts';
import { createS3Storage } from './s3-storage.ts';
import { PROFILES } from './testing/rules.ts';
import { startStrictS3 } from './testing/strict-s3.ts';

const upstream = await startFauxqs({ port: 0, logger: false });
const closing: (() => Promise<unknown>)[] = [];

afterAll(async () => {
  for (const close of closing) await close();
  await upstream.stop();
});

const ALL: Capabilities = {
  createOnlyPut: true,
  verifiesPut: true,
  verifiesParts: true,
  multipart: true,
  copy: true,
  copyPart: true,
  listsMultiparts: true,
  maxParts: 10_000,
  minPartSize: 5 * 1024 ** 2,
};

const SMALL = 65_536;

const EXPECTED: Record<keyof typeof PROFILES, Capabilities> = {
  AWS: ALL,
  R2: ALL,
  B2: { ...ALL, createOnlyPut: false, verifiesPut: false, verifiesParts: false },
  Supabase: { ...ALL, createOnlyPut: false, verifiesPut: false, verifiesParts: false },
  Scaleway: { ...ALL, verifiesPut: false, verifiesParts: false, maxParts: 1_000 },
};

for (const name of Object.keys(PROFILES) as (keyof typeof PROFILES)[]) {
  const strict = await startStrictS3(`http://127.0.0.1:${upstream.port}`, PROFILES[name]);
  closing.push(strict.close);
  const options = { ...strict.options, bucket: `contract-${name.toLowerCase()}` };
  await createS3Client(options).send(new CreateBucketCommand({ Bucket: options.bucket }));
  const capabilities = await probeStorage(options);

  test(`probing finds out what ${name}’s rules allow`, () => {
    expect(capabilities).toEqual(EXPECTED[name]);
  });

  // Small parts, so that sending them takes no time; what probing says of them stands above.
  strict.rules = { ...strict.rules, minPartSize: SMALL };
  const can = { ...capabilities, minPartSize: SMALL };
  describeStorage(
    `S3 storage by ${name}’s rules`,
    async () => createS3Storage(options, async () => can),
    { thorough: name === 'AWS' },
  );
}
