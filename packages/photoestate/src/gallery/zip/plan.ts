import { centralHeader, endOfArchive, localHeader } from './records.ts';

/** A file as an archive has it: stored as it is, since photos do not get smaller. */
export interface ZipEntry {
  /** Letters of ASCII, no folders. */
  name: string;
  size: number;
  crc32: number;
  modified: Date;
}

/** A piece of an archive: bytes of ours, or those of the entry with this number. */
export type Segment = { length: number } & ({ bytes: Uint8Array } | { entry: number });

export interface ZipPlan {
  size: number;
  segments: readonly Segment[];
}

/**
 * Lays out an archive whose files' lengths and CRCs are known, before one byte of them is read: so its own length is
 * known, and any part of it can be sent again. Larger than 4 GB, or of more than 65,535 files, it is ZIP64.
 */
export function planZip(entries: readonly ZipEntry[]): ZipPlan {
  const segments: Segment[] = [];
  const headers: Uint8Array[] = [];
  let offset = 0;
  const add = (segment: Segment) => {
    segments.push(segment);
    offset += segment.length;
  };
  for (const [index, entry] of entries.entries()) {
    headers.push(centralHeader(entry, offset));
    const bytes = localHeader(entry);
    add({ bytes, length: bytes.length });
    if (entry.size > 0) add({ entry: index, length: entry.size });
  }
  const start = offset;
  for (const bytes of headers) add({ bytes, length: bytes.length });
  const bytes = endOfArchive({ count: entries.length, start, length: offset - start });
  add({ bytes, length: bytes.length });
  return { size: offset, segments };
}

/** From `start` to before `end` of an archive. */
export interface Part {
  start: number;
  end: number;
}

/** Opens a part of an entry. */
export type OpenEntry = (entry: number, part: Part) => AsyncIterable<Uint8Array>;

/** The bytes of a part of an archive; of each file no more than is in it is read, and nothing ahead. */
export async function* readZip(
  plan: ZipPlan,
  part: Part,
  open: OpenEntry,
): AsyncGenerator<Uint8Array, void> {
  let offset = 0;
  for (const segment of plan.segments) {
    const from = Math.max(0, part.start - offset);
    const to = Math.min(segment.length, part.end - offset);
    offset += segment.length;
    if (from >= to) continue;
    if ('bytes' in segment) yield segment.bytes.subarray(from, to);
    else yield* exactly(open(segment.entry, { start: from, end: to }), to - from);
  }
}

/** A file that is shorter or longer than it was would shift everything after it: better no archive than that. */
async function* exactly(
  chunks: AsyncIterable<Uint8Array>,
  length: number,
): AsyncGenerator<Uint8Array, void> {
  let left = length;
  for await (const chunk of chunks) {
    left -= chunk.length;
    if (left < 0) break;
    yield chunk;
  }
  if (left !== 0) throw new Error(`expected ${length} bytes of a file, ${-left} too many or few`);
}
