import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { describeStorage } from '../storage.contract.ts';
import { createS3Client } from './client.ts';
import { probeStorage } from './probe/probe.ts';
import { createS3Storage } from './s3-storage.ts';

/** The server under test comes from the environment: `npm run test:storage` and `.ci/run` start one. */
function fromEnvironment(name: string): string {
  const value = process.env[name];
  if (value === undefined)
    throw new Error(`${name} is not set: expected the S3 server to test against`);
  return value;
}

const options = {
  bucket: fromEnvironment('S3_TEST_BUCKET'),
  endpoint: fromEnvironment('S3_TEST_ENDPOINT'),
  region: process.env['S3_TEST_REGION'] ?? 'us-east-1',
  accessKeyId: fromEnvironment('S3_TEST_ACCESS_KEY'),
  secretAccessKey: fromEnvironment('S3_TEST_SECRET_KEY'),
  forcePathStyle: true,
};

describeStorage(`S3 storage on ${process.env['S3_TEST_NAME'] ?? options.endpoint}`, async () => {
  await createS3Client(options)
    .send(new CreateBucketCommand({ Bucket: options.bucket }))
    .catch((error: unknown) => {
      if (!(error instanceof Error && /BucketAlready/.test(error.name))) throw error;
    });
  const capabilities = await probeStorage(options);
  return createS3Storage(options, async () => capabilities);
});
