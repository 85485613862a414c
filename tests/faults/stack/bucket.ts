import type { RunningJudge } from '../../../scripts/judges/judge.ts';
import { askS3 } from '../clients/s3.ts';
import { createFaultProxy, type FaultProxy } from '../proxy/fault-proxy.ts';
import type { FaultPlan } from '../proxy/plan.ts';

export interface Bucket {
  /** Clients and Slipway reach the bucket through it. */
  readonly proxy: FaultProxy;
  /** For a stack that stores there. */
  readonly env: Readonly<Record<string, string>>;
}

/** The bucket of an S3 server that somebody else wrote, behind a proxy of its own. */
export async function openBucket(judge: RunningJudge, plan: FaultPlan): Promise<Bucket> {
  await askS3(judge, { method: 'PUT', path: judge.bucket });
  const proxy = await createFaultProxy({ target: judge.endpoint, plan });
  const env = {
    S3_BUCKET: judge.bucket,
    S3_ENDPOINT: proxy.url,
    S3_ACCESS_KEY_ID: judge.accessKey,
    S3_SECRET_ACCESS_KEY: judge.secretKey,
  };
  return { proxy, env };
}
