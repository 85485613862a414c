import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  type S3Client,
} from '@aws-sdk/client-s3';
import { randomToken } from '@repo/foundation/ids';
import { type Capabilities, UNPROBED } from '../../capabilities.ts';
import type { MultipartRef, Storage, UploadGrant } from '../../storage.ts';
import { createS3Client, type S3Options } from '../client.ts';
import { createS3Storage } from '../s3-storage.ts';
import { type Answer, send } from './answer.ts';

/** A place in the bucket to try things out at, which nobody else uses. */
export interface Bench {
  readonly options: S3Options;
  readonly client: S3Client;
  newKey(): string;
  /** Uses a signed URL as a browser would. */
  send(grant: UploadGrant, body: Uint8Array): Promise<Answer>;
  /** The storage as it would be used if its server were capable of these. */
  storage(can?: Partial<Capabilities>): Storage;
  /** Opens an upload in parts that does not outlive the bench. */
  openMultipart(storage: Storage, wish?: { digests?: boolean }): Promise<MultipartRef>;
}

/** Of all that is ever put there while trying. */
export const PROBE_FOLDER = 'slipwayprobe';
export const PROBE_TYPE = 'application/octet-stream';
/** What is older was left behind by a process that ended in the middle. */
const LEFT_BEHIND_MS = 3_600_000;

/** Nothing of what `work` puts there stays, whatever comes of it. */
export async function atBench<T>(
  options: S3Options,
  work: (bench: Bench) => Promise<T>,
): Promise<T> {
  const client = createS3Client(options);
  const keys: string[] = [];
  const uploads: MultipartRef[] = [];
  const newKey = () => {
    const key = `${PROBE_FOLDER}/${randomToken(32)}`;
    keys.push(key);
    return key;
  };
  try {
    return await work({
      options,
      client,
      newKey,
      send: (grant, body) => send(options, grant, body),
      storage: (can) => createS3Storage(options, async () => ({ ...UNPROBED, ...can }), client),
      async openMultipart(storage, { digests = false } = {}) {
        const key = newKey();
        const uploadId = await storage.createMultipart({ key, type: PROBE_TYPE, digests });
        uploads.push({ key, uploadId });
        return { key, uploadId };
      },
    });
  } finally {
    await cleanUp({ client, Bucket: options.bucket, keys, uploads });
    client.destroy();
  }
}

interface Leftovers {
  client: S3Client;
  Bucket: string;
  keys: string[];
  uploads: MultipartRef[];
}

/** As far as the server lets us: what cannot be removed here is listed as left behind next time. */
async function cleanUp({ client, Bucket, keys, uploads }: Leftovers): Promise<void> {
  // Then nothing was tried, perhaps because nobody answers.
  if (keys.length === 0) return;
  const old = await leftBehind(client, Bucket);
  const abort = ({ key, uploadId }: MultipartRef) =>
    client.send(new AbortMultipartUploadCommand({ Bucket, Key: key, UploadId: uploadId }));
  const remove = (key: string) => client.send(new DeleteObjectCommand({ Bucket, Key: key }));
  // First the uploads: one that somebody completes meanwhile is an object then.
  await Promise.allSettled([...uploads, ...old.uploads].map(abort));
  await Promise.allSettled([...keys, ...old.keys].map(remove));
}

async function leftBehind(
  client: S3Client,
  Bucket: string,
): Promise<Pick<Leftovers, 'keys' | 'uploads'>> {
  const Prefix = `${PROBE_FOLDER}/`;
  const isOld = (at: Date | undefined) =>
    at !== undefined && Date.now() - at.getTime() > LEFT_BEHIND_MS;
  const [objects, multiparts] = await Promise.allSettled([
    client.send(new ListObjectsV2Command({ Bucket, Prefix })),
    client.send(new ListMultipartUploadsCommand({ Bucket, Prefix })),
  ]);
  const listed = objects.status === 'fulfilled' ? (objects.value.Contents ?? []) : [];
  const open = multiparts.status === 'fulfilled' ? (multiparts.value.Uploads ?? []) : [];
  return {
    keys: listed.flatMap(({ Key, LastModified }) =>
      Key?.startsWith(Prefix) && isOld(LastModified) ? [Key] : [],
    ),
    uploads: open.flatMap(({ Key, UploadId, Initiated }) =>
      Key?.startsWith(Prefix) && UploadId && isOld(Initiated)
        ? [{ key: Key, uploadId: UploadId }]
        : [],
    ),
  };
}
