import { writeFileSync } from 'node:fs';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import type { Capabilities } from '../capabilities.ts';
import type { Server } from '../contract/subject.contract.ts';
import { createS3Client, type S3Options } from '../s3/client.ts';
import { atBench, type Bench } from '../s3/probe/bench.ts';
import { probeStorage } from '../s3/probe/probe.ts';
import { tryForgedUrl } from '../s3/probe/try-signatures.ts';

export interface ServerUnderTest {
  name: string;
  options: S3Options;
  capabilities: Capabilities;
  server: Server;
}

/** The S3 server that the environment names (`npm run test:storage` starts some), and what it does. */
export async function openServerUnderTest(): Promise<ServerUnderTest> {
  const options = {
    bucket: fromEnvironment('S3_TEST_BUCKET'),
    endpoint: fromEnvironment('S3_TEST_ENDPOINT'),
    region: process.env['S3_TEST_REGION'] ?? 'us-east-1',
    accessKeyId: fromEnvironment('S3_TEST_ACCESS_KEY'),
    secretAccessKey: fromEnvironment('S3_TEST_SECRET_KEY'),
    forcePathStyle: true,
  };
  await createBucket(options);
  const capabilities = await probeStorage(options);
  const server = await atBench(options, async (bench) => ({
    signatures: (await tryForgedUrl(bench)).able,
    order: await listsBytewise(bench),
    thorough: true,
  }));
  const name = process.env['S3_TEST_NAME'] ?? options.endpoint;
  const file = process.env['S3_TEST_ABILITIES'];
  const { signatures, order } = server;
  if (file !== undefined)
    writeFileSync(file, JSON.stringify({ signatures, bytewiseOrder: order, ...capabilities }));
  return { name, options, capabilities, server };
}

function fromEnvironment(name: string): string {
  const value = process.env[name];
  if (value === undefined)
    throw new Error(`${name} is not set: expected the S3 server to test against`);
  return value;
}

async function createBucket(options: S3Options): Promise<void> {
  const command = new CreateBucketCommand({ Bucket: options.bucket });
  await createS3Client(options)
    .send(command)
    .catch((error: unknown) => {
      if (!(error instanceof Error && /BucketAlready/.test(error.name))) throw error;
    });
}

/** Not as a dictionary would. */
async function listsBytewise(bench: Bench): Promise<boolean> {
  const storage = bench.storage();
  const folder = bench.newKey();
  const keys = [`${folder}B`, `${folder}a`];
  for (const key of keys)
    await storage.put({ key, type: 'text/plain', body: Buffer.from('order') });
  const found: string[] = [];
  for await (const { key } of storage.list(folder)) if (keys.includes(key)) found.push(key);
  for (const key of keys) await storage.delete(key);
  return found.join() === keys.join();
}
