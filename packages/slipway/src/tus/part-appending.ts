import { createHash, hash } from 'node:crypto';
import { failpoint } from '@repo/foundation/failpoint';
import { and, eq, gt } from 'drizzle-orm';
import { slipwayError } from '../errors.ts';
import { chunksOf } from '../file/read-object.ts';
import { type FileRow, uploadPart } from '../file/table.ts';
import type { Storage } from '../storage/storage.ts';
import type { AppendInput, Appending } from './appending.ts';
import { type Memory, openMemory } from './memory-budget.ts';
import type { Mark } from './record.ts';
import { closeStorageUpload, openStorageUpload } from './storage-upload.ts';

/**
 * Appends where objects can only be written in parts of one size: whole parts go to the storage as
 * they fill, and what does not fill one when a request ends waits in an object of its own, which the
 * next request reads first. So an offset says it all: how many parts there are, and how many bytes wait.
 *
 * A part is only written when more follows, or with `commit`: the last one of an upload is never
 * there before it was compared with its checksum.
 */
export async function openPartAppending(input: AppendInput): Promise<Appending> {
  const { upload, checked, signal, record } = input;
  const { tus, row } = upload;
  const partSize = row.partSize ?? 0;
  const memory = openMemory(row.projectId);
  const part = createPart(partSize, memory);
  let parts = Math.floor(tus.offset / partSize);
  const offset = () => parts * partSize + part.used;
  try {
    for (const chunk of await readTail(input, partSize)) part.add(chunk);
  } catch (error) {
    memory.giveBack();
    throw error;
  }

  async function store(): Promise<void> {
    signal.throwIfAborted();
    await writePart(input, { number: parts + 1, body: part.bytes() });
    failpoint('tus-parts.after-part');
    parts += 1;
    part.clear();
  }

  /** What became one object has no digests of parts: its own is what it is compared with. */
  async function finish(): Promise<Pick<Mark, 'sha256'>> {
    const body = part.bytes();
    const single = parts === 0;
    if (single) {
      await closeStorageUpload(input.ctx, input);
      await input.storage.put({ key: wholeKey(row), type: row.type, body });
      failpoint('tus-parts.after-object');
    } else if (part.used > 0) await store();
    await forgetLaterParts(input, parts);
    return single ? { sha256: hash('sha256', body) } : {};
  }

  /** The offset first: until it says so, what waits belongs to an earlier part. */
  async function suspend(): Promise<Pick<Mark, 'state'>> {
    if (part.used === partSize) await store();
    if (part.used === 0 || row.incomingKey === null) return {};
    if (tus.offset < parts * partSize) await record({ offset: parts * partSize });
    failpoint('tus-parts.before-waiting');
    const body = part.bytes();
    await input.storage.put({ key: row.incomingKey, type: row.type, body });
    failpoint('tus-parts.after-waiting');
    return { state: { tail: { part: parts, sha256: hash('sha256', body) } } };
  }

  return {
    async add(chunk) {
      let rest = chunk;
      while (rest.length > 0) {
        if (part.used === partSize) {
          await store();
          if (!checked) await record({ offset: offset() });
        }
        rest = part.add(rest);
      }
    },
    async commit() {
      try {
        signal.throwIfAborted();
        const target = offset();
        const mark = target === tus.length ? await finish() : await suspend();
        signal.throwIfAborted();
        await record({ offset: target, ...mark });
      } finally {
        memory.giveBack();
      }
    },
    async abandon() {
      memory.giveBack();
    },
  };
}

/** Never a file's own key, where a put that comes late could still replace what is ready. */
const wholeKey = ({ uploadKind, incomingKey, key }: FileRow) =>
  uploadKind === 'tus' ? (incomingKey ?? key) : key;

/** One part, gathered in memory. */
function createPart(partSize: number, budget: Memory) {
  let memory = Buffer.alloc(0);
  let used = 0;

  /** Grows as bytes come: most uploads are smaller than a part. */
  function makeRoom(bytes: number): void {
    if (used + bytes <= memory.length) return;
    const size = Math.min(partSize, Math.max(used + bytes, memory.length * 2));
    budget.grow(size);
    const larger = Buffer.allocUnsafeSlow(size);
    memory.copy(larger, 0, 0, used);
    memory = larger;
  }

  return {
    get used() {
      return used;
    },
    /** Returns what does not fit. */
    add(chunk: Buffer): Buffer {
      const taken = chunk.subarray(0, partSize - used);
      makeRoom(taken.length);
      taken.copy(memory, used);
      used += taken.length;
      return chunk.subarray(taken.length);
    },
    bytes: () => memory.subarray(0, used),
    clear() {
      used = 0;
    },
  };
}

/**
 * The bytes of an unfinished part that an earlier request left, when they are what it left: one that
 * lost the upload's lock may have stored its own over them later. Otherwise the upload goes on from the
 * last whole part.
 *
 * @throws `offset_mismatch`: the client asks for the offset, and sends them again.
 */
async function readTail(
  { storage, upload: { row, tus }, record }: AppendInput,
  partSize: number,
): Promise<Buffer[]> {
  const bytes = tus.offset % partSize;
  if (bytes === 0) return [];
  const { tail } = tus.state;
  const digest = createHash('sha256');
  const chunks: Buffer[] = [];
  for await (const chunk of tailChunks(storage, { key: row.incomingKey, bytes })) {
    digest.update(chunk);
    chunks.push(chunk);
  }
  if (tail?.part === Math.floor(tus.offset / partSize) && tail.sha256 === digest.digest('hex'))
    return chunks;
  const received = tus.offset;
  const expected = received - bytes;
  await record({ offset: expected });
  throw slipwayError(
    'offset_mismatch',
    `The storage lost ${bytes} bytes of this upload; expected bytes from ${expected} on, received some from ${received} on.`,
    { details: { expected, received } },
  );
}

/** None when there is no such object. */
async function* tailChunks(
  storage: Storage,
  { key, bytes }: { key: string | null; bytes: number },
): AsyncGenerator<Buffer> {
  if (key === null || (await storage.head(key)) === null) return;
  yield* chunksOf(storage, { key, range: { start: 0, end: bytes - 1 } });
}

async function writePart(
  input: AppendInput,
  { number, body }: { number: number; body: Buffer },
): Promise<void> {
  const { ctx, storage, upload } = input;
  const ref = await openStorageUpload(ctx, { upload, storage });
  const sha256 = hash('sha256', body);
  const partSize = upload.row.partSize ?? body.length;
  await storage.writePart({ ...ref, number, size: body.length, partSize, sha256, body });
  await ctx.db
    .insert(uploadPart)
    .values({ fileId: upload.row.id, number, sha256 })
    .onConflictDoUpdate({ target: [uploadPart.fileId, uploadPart.number], set: { sha256 } });
}

/** Parts that were written, refused, and never written again because the upload ended earlier. */
async function forgetLaterParts({ ctx, upload }: AppendInput, parts: number): Promise<void> {
  await ctx.db
    .delete(uploadPart)
    .where(and(eq(uploadPart.fileId, upload.row.id), gt(uploadPart.number, parts)));
}
