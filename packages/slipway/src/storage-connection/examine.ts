import type { SlipwayContext } from '../context.ts';
import type { S3Options } from '../storage/s3/client.ts';
import type { DoctorReport } from '../storage/s3/doctor/report.ts';
import { runDoctor } from '../storage/s3/doctor/run-doctor.ts';
import { createS3Storage } from '../storage/s3/s3-storage.ts';
import type { Storage } from '../storage/storage.ts';
import type { BucketAccess } from './access.ts';
import { type Credentials, s3OptionsOf } from './credentials.ts';
import { saveProbe } from './probed-capabilities.ts';
import { createPublicNetwork } from './public-network.ts';
import type { BucketAddress } from './table.ts';

interface Bucket {
  address: BucketAddress;
  credentials: Credentials;
}

interface Examination extends Bucket {
  /** Of the pages that will upload; the dashboard's, unless said. */
  origin: string | undefined;
  mend: boolean;
}

/** With a network of its own: who ends with a client closes its connections. */
function optionsOf({ allowPrivate }: BucketAccess, { address, credentials }: Bucket): S3Options {
  const network = allowPrivate ? undefined : createPublicNetwork();
  return s3OptionsOf(address, { credentials, network });
}

/** The doctor's report on a bucket; what it found the bucket capable of is remembered. */
export async function examine(
  ctx: SlipwayContext,
  { origin = new URL(ctx.config.publicUrl).origin, mend, ...bucket }: Examination,
): Promise<DoctorReport> {
  const options = optionsOf(ctx.buckets, bucket);
  const report = await runDoctor(options, { origin, mend });
  const { capabilities } = report;
  if (capabilities !== null) await saveProbe(ctx.db, { options, capabilities, at: ctx.now() });
  return report;
}

export const hasProblems = ({ checks }: DoctorReport) =>
  checks.some(({ outcome }) => outcome === 'problem');

/** A bucket that is no storage of the project yet. */
export function openForExamination(ctx: SlipwayContext, bucket: Bucket): Storage {
  return createS3Storage(optionsOf(ctx.buckets, bucket));
}
