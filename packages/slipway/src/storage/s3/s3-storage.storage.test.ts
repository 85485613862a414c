import { describeStorage } from '../storage.contract.ts';
import { openServerUnderTest } from '../testing/server-under-test.ts';
import { createS3Storage } from './s3-storage.ts';

const { name, options, capabilities, server } = await openServerUnderTest();

describeStorage(
  `S3 storage on ${name}`,
  async () => createS3Storage(options, async () => capabilities),
  server,
);
