import { describeMultipart } from './multipart.contract.ts';

const of = (name: string) => process.env[name] ?? '';

describeMultipart(of('S3_TEST_NAME') || 'S3', () => ({
  S3_BUCKET: of('S3_TEST_BUCKET'),
  S3_ENDPOINT: of('S3_TEST_ENDPOINT'),
  S3_ACCESS_KEY_ID: of('S3_TEST_ACCESS_KEY'),
  S3_SECRET_ACCESS_KEY: of('S3_TEST_SECRET_KEY'),
}));
