import { createHash } from 'node:crypto';
import { failpoint } from '@repo/foundation/failpoint';
import { slipwayError } from '../../errors.ts';
import { addressOf } from '../../file/address.ts';
import { sizeOfPart } from '../../file/part-layout.ts';
import type { FileRow } from '../../file/table.ts';
import type { Storage, StoredPart } from '../../storage/storage.ts';
import { gone, readPart } from './read-part.ts';
import { createDigester, type Digests, isAsRecorded } from './record.ts';

const MIB = 1024 ** 2;
/** Smaller files are written in one go; of larger ones no more than a part is in memory. */
export const PART_BYTES = 8 * MIB;

export interface Copying {
  row: FileRow;
  from: Storage;
  to: Storage;
  /** The upload in parts that an earlier attempt left open at the target. */
  openUploadId: string | null;
  /** Told the upload's name before the first part is written. */
  onOpened(uploadId: string): Promise<void>;
  /** After each part; throws when the copy is no longer wanted. */
  onProgress(): Promise<void>;
  /** Does that only while nobody else can be writing, or reading, the target's object; otherwise throws. */
  whileOurs(removing: () => Promise<void>): Promise<void>;
}

/**
 * Copies an object's bytes, and returns only when the target holds exactly those that became ready:
 * compared with the file's own digest as they were read, and with that again at the target, unless
 * that compared every part itself. Goes on where an earlier attempt stopped, as far as that can be trusted.
 */
export async function copyObject(copying: Copying): Promise<void> {
  const { row, to } = copying;
  if (await isThere(copying)) return;
  const plan = await planOf(copying);
  const { read, verified } =
    plan === null ? await putWhole(copying) : await putParts(copying, plan);
  const stored = await to.head(addressOf(row));
  if (stored?.size !== row.size) throw notStored(row, `${stored?.size ?? 'no'} bytes`);
  if (verified || stored.sha256 === read.sha256) return;
  const digests = await digestsOf(to, row);
  if (digests.sha256 === read.sha256) return;
  await copying.whileOurs(() => to.delete(addressOf(row)));
  throw notStored(row, `other bytes, of SHA-256 ${digests.sha256}`);
}

/** By an earlier attempt, which did not live to tell. */
async function isThere({ row, to, whileOurs }: Copying): Promise<boolean> {
  const found = await to.head(addressOf(row));
  if (found === null) return false;
  const known = row.sha256 !== null || row.checksum !== null;
  if (known && found.size === row.size && isAsRecorded(row, await digestsOf(to, row))) return true;
  // Half an attempt, or a late upload by an old URL.
  await whileOurs(() => to.delete(addressOf(row)));
  return false;
}

interface Written {
  /** What was read at the source. */
  read: Digests;
  /** The target compared every byte with its digest as it came. */
  verified: boolean;
}

function notStored(row: FileRow, what: string) {
  return slipwayError(
    'digest_mismatch',
    `Wrote ${row.size} bytes, but the target storage has ${what}.`,
  );
}

function damaged(row: FileRow, found: Digests) {
  return slipwayError(
    'digest_mismatch',
    `Expected SHA-256 ${row.sha256 ?? row.checksum}, but the source storage has ${found.sha256}; the file stays where it is.`,
  );
}

interface Plan {
  partSize: number;
  partCount: number;
}

/** Null for what is written in one go. */
async function planOf({ row, to }: Copying): Promise<Plan | null> {
  if (row.size <= PART_BYTES) return null;
  // Tried also where clients are not given such uploads: here nobody else has a part's URL, and what
  // was not compared part by part is read back.
  const can = await to.capabilities();
  const needed = Math.ceil(row.size / can.maxParts / MIB) * MIB;
  const partSize = Math.max(PART_BYTES, can.minPartSize, needed);
  return { partSize, partCount: Math.ceil(row.size / partSize) };
}

/** Reads all of the copy, in parts. */
async function digestsOf(storage: Storage, row: FileRow): Promise<Digests> {
  const digester = createDigester(row);
  const buffer = Buffer.allocUnsafe(Math.min(row.size, PART_BYTES));
  for (let start = 0; start < row.size; start += PART_BYTES) {
    const into = buffer.subarray(0, Math.min(PART_BYTES, row.size - start));
    await readPart(storage, { key: addressOf(row), start, into });
    digester.update(into);
  }
  return digester.digest();
}

async function putWhole({ row, from, to }: Copying): Promise<Written> {
  await requireWhole(from, row);
  const digester = createDigester(row);
  const body = Buffer.allocUnsafe(row.size);
  await readPart(from, { key: row.key, start: 0, into: body });
  digester.update(body);
  const read = digester.digest();
  if (!isAsRecorded(row, read)) throw damaged(row, read);
  await to.put({ key: addressOf(row), type: row.type, body });
  return { read, verified: false };
}

async function putParts(copying: Copying, plan: Plan): Promise<Written> {
  const { row, from, to } = copying;
  await requireWhole(from, row);
  const { uploadId, known } = await openUpload(copying, plan);
  const digester = createDigester(row);
  const buffer = Buffer.allocUnsafe(plan.partSize);
  const parts: StoredPart[] = [];
  for (let number = 1; number <= plan.partCount; number += 1) {
    const { partSize } = plan;
    const size = sizeOfPart(number, { size: row.size, partSize });
    const body = buffer.subarray(0, size);
    await readPart(from, { key: row.key, start: (number - 1) * partSize, into: body });
    digester.update(body);
    const sha256 = createHash('sha256').update(body).digest('hex');
    const before = known.get(number);
    const kept = before?.size === size && before.sha256 === sha256 ? before : undefined;
    parts.push(
      kept ??
        (await to.writePart({
          key: addressOf(row),
          uploadId,
          number,
          size,
          partSize,
          sha256,
          body,
        })),
    );
    failpoint('move.part');
    await copying.onProgress();
  }
  // Only what was verified becomes an object at all.
  const read = digester.digest();
  if (!isAsRecorded(row, read)) {
    await to.abortMultipart({ key: addressOf(row), uploadId });
    throw damaged(row, read);
  }
  await to.completeMultipart({ key: addressOf(row), uploadId, type: row.type, parts });
  return { read, verified: parts.every(({ sha256 }) => sha256 !== null) };
}

async function openUpload(
  { row, to, openUploadId, onOpened }: Copying,
  { partSize }: Plan,
): Promise<{ uploadId: string; known: ReadonlyMap<number, StoredPart> }> {
  const key = addressOf(row);
  const { type } = row;
  if (openUploadId !== null) {
    const upload = { key, uploadId: openUploadId };
    const parts = (await to.listParts(upload)) ?? [];
    const isOurs = ({ number, size, sha256 }: StoredPart) =>
      sha256 !== null && size === sizeOfPart(number, { size: row.size, partSize });
    if (parts.length > 0 && parts.every(isOurs))
      return { ...upload, known: new Map(parts.map((part) => [part.number, part])) };
    await to.abortMultipart(upload);
  }
  const uploadId = await to.createMultipart({ key, type, digests: true });
  await onOpened(uploadId);
  return { uploadId, known: new Map() };
}

/** More bytes than the row knows of would be left out without a word. */
async function requireWhole(from: Storage, row: FileRow): Promise<void> {
  const found = await from.head(row.key);
  if (found === null) throw gone();
  if (found.size === row.size) return;
  throw slipwayError(
    'size_mismatch',
    `Expected ${row.size} bytes, but the source storage has ${found.size}; the file stays where it is.`,
  );
}
