import { type CORSRule, GetBucketCorsCommand, PutBucketCorsCommand } from '@aws-sdk/client-s3';
import { refusalOf } from '../probe/answer.ts';
import type { Visit } from './check.ts';
import { withContentMd5 } from './content-md5.ts';

const RULE_ID = 'slipway';
const HOUR_S = 3600;

/** What pages of these origins need to upload and to fetch. */
export function corsRule(origins: string[]): CORSRule {
  return {
    ID: RULE_ID,
    AllowedOrigins: origins,
    AllowedMethods: ['PUT', 'GET', 'HEAD'],
    AllowedHeaders: ['content-type', 'if-none-match', 'x-amz-checksum-sha256', 'range'],
    ExposeHeaders: ['ETag', 'Content-Length', 'Content-Range', 'Accept-Ranges'],
    MaxAgeSeconds: HOUR_S,
  };
}

/**
 * Adds a rule for the origin, before all others: the first that fits is the one that counts. Rules of
 * others stay, and so do the origins that an earlier visit added.
 */
export async function mendCors({ bench: { client, options }, origin }: Visit): Promise<void> {
  const before = await rulesOf({ client, Bucket: options.bucket });
  const own = before.find(({ ID }) => ID === RULE_ID);
  const origins = [...new Set([...(own?.AllowedOrigins ?? []), origin])];
  const command = new PutBucketCorsCommand({
    Bucket: options.bucket,
    CORSConfiguration: {
      CORSRules: [corsRule(origins), ...before.filter(({ ID }) => ID !== RULE_ID)],
    },
  });
  await client.send(withContentMd5(command));
}

async function rulesOf({
  client,
  Bucket,
}: {
  client: Visit['bench']['client'];
  Bucket: string;
}): Promise<CORSRule[]> {
  try {
    return (await client.send(new GetBucketCorsCommand({ Bucket }))).CORSRules ?? [];
  } catch (error) {
    // Only "there are none" lets them be replaced: others' rules must not be lost.
    if (refusalOf(error)?.status === 404) return [];
    throw error;
  }
}
