import type { S3Options } from '../client.ts';
import type { Remedy } from './report.ts';

/** Of the requests that Slipway makes, and of the URLs that it signs. */
const BUCKET_ACTIONS = [
  's3:ListBucket',
  's3:ListBucketMultipartUploads',
  's3:GetBucketCORS',
  's3:PutBucketCORS',
  's3:GetBucketVersioning',
  's3:GetLifecycleConfiguration',
  's3:PutLifecycleConfiguration',
];
const OBJECT_ACTIONS = [
  's3:PutObject',
  's3:GetObject',
  's3:DeleteObject',
  's3:AbortMultipartUpload',
  's3:ListMultipartUploadParts',
];

/** A policy for the access key, with all that Slipway needs. */
export function allow(action: string, { bucket }: S3Options): Remedy {
  const policy = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: BUCKET_ACTIONS, Resource: `arn:aws:s3:::${bucket}` },
      { Effect: 'Allow', Action: OBJECT_ACTIONS, Resource: `arn:aws:s3:::${bucket}/*` },
    ],
  };
  return {
    text: `Give the access key the permission ${action}. This policy holds everything that Slipway needs:`,
    code: JSON.stringify(policy, null, 2),
  };
}

/** A command of the AWS CLI, which other servers understand, too. */
export function awsCommand(
  { bucket, endpoint }: S3Options,
  command: string,
  document?: { option: string; value: object },
): string {
  const at = endpoint === undefined ? '' : ` --endpoint-url ${endpoint}`;
  const value =
    document === undefined ? '' : ` --${document.option} '${JSON.stringify(document.value)}'`;
  return `aws s3api ${command} --bucket ${bucket}${at}${value}`;
}

export const anotherServer = (lacks: string): Remedy => ({
  text: `The server lacks this: ${lacks} Update it, or use another one.`,
});
