import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { createS3Client, type S3Options } from '../../client.ts';
import { AWS, type Rules } from '../../testing/rules.ts';
import { type StrictS3, startStrictS3 } from '../../testing/strict-s3.ts';
import type { DoctorReport } from '../report.ts';
import { runDoctor } from '../run-doctor.ts';

export const ORIGIN = 'https://app.example.com';
/** A visit is a hundred requests, and other tests want the cores, too. */
export const PATIENCE_MS = 60_000;

export interface Patient {
  bucket: StrictS3;
  /** Sets it up wrongly. */
  bend(rules: Partial<Rules>): void;
  examine(change?: Partial<S3Options>, mend?: boolean): Promise<DoctorReport>;
}

/** A bucket as it should be, but for a lifecycle. */
export async function openPatient(upstream: { port: number; purgeAll(): void }): Promise<Patient> {
  upstream.purgeAll();
  const bucket = await startStrictS3(`http://127.0.0.1:${upstream.port}`);
  const client = createS3Client(bucket.options);
  await client.send(new CreateBucketCommand({ Bucket: bucket.options.bucket }));
  return {
    bucket,
    bend(rules) {
      bucket.rules = { ...AWS, ...rules };
    },
    examine: (change = {}, mend = false) =>
      runDoctor({ ...bucket.options, ...change }, { origin: ORIGIN, mend }),
  };
}

export const idsOf = ({ checks }: DoctorReport, ...outcomes: string[]) =>
  checks.filter(({ outcome }) => outcomes.includes(outcome)).map(({ id }) => id);

export const found = ({ checks }: DoctorReport, id: string) =>
  checks.find((check) => check.id === id) ?? { found: 'no such check', remedy: null };
