import { hash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { chunksOf } from '../file/read-object.ts';
import { declaredDigests } from '../file/stored-parts.ts';
import type { ByteRange, Storage } from '../storage/storage.ts';
import { openMemory } from './memory-budget.ts';
import type { TusUpload } from './upload.ts';

/** What was changed while it was read comes right the next time; what lies there wrong does not. */
const READS = 2;

/**
 * The bytes of a whole piece, from one on. Where it came in parts each is read as a whole and compared
 * with its digest before a byte of it is given: what is made of it would have no other to be compared with.
 *
 * @throws `upload_failed` when they are not what arrived.
 */
export async function* pieceChunks(
  ctx: SlipwayContext,
  input: { piece: TusUpload; storage: Storage; skip: number },
): AsyncGenerator<Buffer> {
  const { piece, storage, skip } = input;
  const { key, partSize, id, projectId, sha256 } = piece.row;
  const end = (piece.tus.length ?? 0) - 1;
  if (partSize === null) {
    yield* chunksOf(storage, { key, range: { start: skip, end } });
    return;
  }
  const declared = await declaredDigests(ctx, id);
  for (let start = skip - (skip % partSize); start <= end; start += partSize) {
    const range = { start, end: Math.min(start + partSize - 1, end) };
    const digest = declared.get(start / partSize + 1) ?? sha256;
    const memory = openMemory(projectId);
    try {
      memory.grow(range.end - range.start + 1);
      const part = await readCompared(storage, { key, range, digest });
      yield part.subarray(Math.max(0, skip - start));
    } finally {
      memory.giveBack();
    }
  }
}

async function readCompared(
  storage: Storage,
  { key, range, digest }: { key: string; range: ByteRange; digest: string | null },
): Promise<Buffer> {
  for (let reads = 0; reads < READS; reads += 1) {
    const part = await buffer(chunksOf(storage, { key, range }));
    if (hash('sha256', part) === digest) return part;
  }
  throw slipwayError('upload_failed', 'A piece of this upload was damaged in the storage.');
}
