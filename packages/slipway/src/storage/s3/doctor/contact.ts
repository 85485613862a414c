import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { createS3Client, type S3Options } from '../client.ts';
import { type Answer, ask } from '../probe/answer.ts';

/** The first words with a server; everything else depends on how they went. */
export interface Contact {
  /** Where the endpoint is, without the bucket. */
  endpoint: URL;
  /** What it says to a stranger; an error when it says nothing. */
  greeting: Answer | Error;
  /** What it says when asked to list the bucket. */
  listing: Answer | Error;
  /** The same with the bucket's name at the other place, asked when the first did not go well. */
  otherwise: Answer | Error | null;
}

export async function makeContact(options: S3Options): Promise<Contact> {
  const endpoint = new URL(options.endpoint ?? `https://s3.${options.region}.amazonaws.com`);
  const greeting = await orError(ask(options, endpoint.href));
  const listing = await orError(list(options));
  const fine = !(listing instanceof Error) && (listing.ok || listing.status === 403);
  const otherwise = fine
    ? null
    : await orError(list({ ...options, forcePathStyle: !options.forcePathStyle }));
  return { endpoint, greeting, listing, otherwise };
}

async function list(options: S3Options): Promise<Answer> {
  const client = createS3Client(options);
  const command = new ListObjectsV2Command({ Bucket: options.bucket, MaxKeys: 1 });
  return ask(options, await getSignedUrl(client, command, { expiresIn: 300 }));
}

/** Whatever went wrong is itself what is to be told. */
async function orError(work: Promise<Answer>): Promise<Answer | Error> {
  try {
    return await work;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
