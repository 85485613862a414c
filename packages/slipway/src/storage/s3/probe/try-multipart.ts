import { ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import type { MultipartRef, Storage } from '../../storage.ts';
import { describe } from './answer.ts';
import { type Bench, PROBE_TYPE } from './bench.ts';
import { type Finding, holds, no, someBytes, trying, yes } from './finding.ts';
import { sha256Of } from './try-put.ts';

const SMALL = 1024;
/** What S3 documents, and what some servers stop at. */
const PART_NUMBERS = [10_000, 1_000] as const;

async function sendPart(
  bench: Bench,
  storage: Storage,
  part: MultipartRef & { number: number; body: Buffer; sha256?: string; sent?: Buffer },
) {
  const { body, sent = body, ...ref } = part;
  const grant = await storage.signPart({
    ...ref,
    size: body.length,
    partSize: body.length,
    expiresInSeconds: 300,
  });
  return bench.send(grant, sent);
}

/**
 * Open, send, list, complete. The parts of an upload that runs have to be seen; one that is sent again,
 * because the answer was lost, takes the place of the first; and once it is an object no URL of a
 * part may reach it any more.
 */
export function tryMultipart(bench: Bench): Promise<Finding> {
  return trying('an upload in parts', async () => {
    const storage = bench.storage({ multipart: true });
    const upload = await bench.openMultipart(storage);
    const bytes = someBytes();
    const part = { ...upload, number: 1, body: bytes };
    const sent = await sendPart(bench, storage, { ...part, sent: someBytes() });
    if (!sent.ok) return no(`a part was refused with ${describe(sent)}`);
    const again = await sendPart(bench, storage, part);
    if (!again.ok) return no(`a part that came again was refused with ${describe(again)}`);
    const parts = await storage.listParts(upload);
    if (parts?.length !== 1 || parts[0]?.size !== bytes.length)
      return no('the part that was sent is not in the list of parts');
    await storage.completeMultipart({ ...upload, type: PROBE_TYPE, parts });
    if (!(await holds(storage, upload.key, bytes)))
      return no('the completed object is not what was sent');
    const late = await sendPart(bench, storage, { ...part, sent: someBytes() });
    return late.ok
      ? no('a part’s URL still takes bytes after the upload was completed, and ruins the object')
      : yes('an upload in parts was opened, sent, listed and completed');
  });
}

/** A SHA-256 inside the signature of a part's URL. */
export function tryPartDigests(bench: Bench): Promise<Finding> {
  return trying('an upload in parts with x-amz-checksum-sha256', async () => {
    const storage = bench.storage({ multipart: true, verifiesParts: true });
    const upload = await bench.openMultipart(storage, { digests: true });
    const body = someBytes();
    const part = { ...upload, number: 1, body, sha256: sha256Of(body) };
    const wrong = await sendPart(bench, storage, { ...part, sent: someBytes() });
    if (wrong.ok) return no('a part of another SHA-256 than was pinned was stored');
    const right = await sendPart(bench, storage, part);
    if (!right.ok) return no(`a part with x-amz-checksum-sha256 was refused: ${describe(right)}`);
    const parts = (await storage.listParts(upload)) ?? [];
    if (parts.some(({ sha256 }) => sha256 !== null && sha256 !== part.sha256))
      return no('the server reports another SHA-256 of a part than its bytes have');
    await storage.completeMultipart({ ...upload, type: PROBE_TYPE, parts });
    return (await holds(storage, upload.key, body))
      ? yes('parts of another SHA-256 than was pinned are refused')
      : no('the completed object is not what was sent');
  });
}

/** S3 wants 5 MiB of all parts but the last; some servers take less. */
export function trySmallParts(bench: Bench): Promise<Finding> {
  return trying('completing an upload in parts of 1 KiB', async () => {
    const storage = bench.storage({ multipart: true });
    const upload = await bench.openMultipart(storage);
    const bodies = [someBytes(SMALL), someBytes(SMALL)];
    for (const [index, body] of bodies.entries()) {
      const sent = await sendPart(bench, storage, { ...upload, number: index + 1, body });
      if (!sent.ok) return no(`a part of 1 KiB was refused with ${describe(sent)}`);
    }
    const parts = (await storage.listParts(upload)) ?? [];
    await storage.completeMultipart({ ...upload, type: PROBE_TYPE, parts });
    return (await holds(storage, upload.key, Buffer.concat(bodies)))
      ? yes('parts may have any size')
      : no('parts of 1 KiB became another object than was sent');
  });
}

/** The highest number that a part may have. */
export async function tryPartNumbers(bench: Bench): Promise<number> {
  const storage = bench.storage({ multipart: true });
  const upload = await bench.openMultipart(storage);
  for (const number of PART_NUMBERS) {
    const sent = await sendPart(bench, storage, { ...upload, number, body: someBytes() });
    if (sent.ok) return number;
  }
  return 100;
}

/** As the sweeper asks: for the whole bucket, because some answer for one key only. */
export function tryListMultiparts(bench: Bench): Promise<Finding> {
  return trying('listing uploads in parts', async () => {
    const storage = bench.storage({ multipart: true });
    const { key, uploadId } = await bench.openMultipart(storage);
    const { Uploads = [] } = await bench.client.send(
      // From right before ours, so that it does not matter how many there are.
      new ListMultipartUploadsCommand({
        Bucket: bench.options.bucket,
        KeyMarker: key.slice(0, -1),
      }),
    );
    return Uploads.some((open) => open.Key === key && open.UploadId === uploadId)
      ? yes('open uploads in parts are listed')
      : no('an open upload in parts is not in the list of them');
  });
}

/** Gone with its parts, and its URLs with it. */
export function tryAbort(bench: Bench): Promise<Finding> {
  return trying('aborting an upload in parts', async () => {
    const storage = bench.storage({ multipart: true });
    const upload = await bench.openMultipart(storage);
    const part = { ...upload, number: 1, body: someBytes() };
    await sendPart(bench, storage, part);
    await storage.abortMultipart(upload);
    if ((await storage.listParts(upload)) !== null)
      return no('an upload in parts is still open after it was aborted');
    return (await sendPart(bench, storage, part)).ok
      ? no('an upload in parts takes parts after it was aborted')
      : yes('an aborted upload is gone with its parts');
  });
}

/** One byte more than was signed. */
export function tryPartOfOtherSize(bench: Bench): Promise<Finding> {
  return trying('a part', async () => {
    const storage = bench.storage({ multipart: true });
    const upload = await bench.openMultipart(storage);
    const part = { ...upload, number: 1, body: someBytes(), sent: someBytes(65) };
    const sent = await sendPart(bench, storage, part);
    if (sent.ok || (await storage.listParts(upload))?.length !== 0)
      return no('the URL of a part of 64 bytes took 65');
    return yes(`the URL of a part of 64 bytes refused 65 with ${describe(sent)}`);
  });
}
