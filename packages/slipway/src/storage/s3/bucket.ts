import type { S3Client } from '@aws-sdk/client-s3';
import type { Capabilities } from '../capabilities.ts';

/** One bucket, and what its server was seen to do. */
export interface Bucket {
  readonly client: S3Client;
  readonly name: string;
  readonly capabilities: () => Promise<Capabilities>;
}
