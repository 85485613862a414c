import { createHash } from 'node:crypto';
import type { SlipwayContext } from '../context.ts';
import type { Project } from '../project/table.ts';
import { scanObject } from '../scan/scan-object.ts';
import type { ObjectInfo, Storage } from '../storage/storage.ts';
import { checkDimensions, type Pixels } from './check-dimensions.ts';
import { digestsOf, firstBytes } from './read-object.ts';
import { SNIFF_BYTES, sniff } from './sniff.ts';
import { declaredDigests } from './stored-parts.ts';
import type { FileFailure, FileRow } from './table.ts';

export type Verdict =
  | {
      outcome: 'ready';
      sha256: string | null;
      checksum: string | null;
      scan: 'not_scanned' | 'clean';
      pixels: Pixels | null;
    }
  | { outcome: 'rejected'; failure: FileFailure; scan: FileRow['scan'] }
  /** These parts are not what was announced; the others are. */
  | { outcome: 'damaged'; parts: number[] }
  /** The policy wants a scanner's word, and there is none yet. */
  | { outcome: 'quarantined' };

interface Inspected {
  row: FileRow;
  project: Project;
  storage: Storage;
  found: ObjectInfo;
  /** The storage compared every part with its digest as it came, and we these with the declared ones. */
  comparedParts: boolean;
}

/** What is said of damaged parts that cannot come again. */
export function damaged(parts: number[]): Extract<Verdict, { outcome: 'rejected' }> {
  const message = `Parts ${parts.join(', ')} are not what was announced.`;
  const failure = { code: 'digest_mismatch', message };
  return { outcome: 'rejected', failure, scan: 'not_scanned' };
}

function rejected(code: string, message: string, scan: FileRow['scan'] = 'not_scanned'): Verdict {
  return { outcome: 'rejected', failure: { code, message }, scan };
}

/**
 * Compares the stored object with what was announced: size, digest (as compared on arrival by somebody
 * who can be believed, else by reading the object back), the type that its first bytes show, and what
 * a scanner says, as far as the project asks for that.
 */
export async function inspect(ctx: SlipwayContext, input: Inspected): Promise<Verdict> {
  const { row, project, storage, found } = input;
  if (found.size !== row.size)
    return rejected('size_mismatch', `Expected ${row.size} bytes, found ${found.size}.`);

  const digests = await digestsOfObject(ctx, input);
  if (digests.wrongParts.length > 0) return { outcome: 'damaged', parts: digests.wrongParts };
  if (row.sha256 !== null && row.sha256 !== digests.sha256) {
    return rejected(
      'digest_mismatch',
      `Expected SHA-256 ${row.sha256}, found ${digests.sha256 ?? 'none'}.`,
    );
  }

  const start = await firstBytes(storage, { key: row.key, size: row.size, bytes: SNIFF_BYTES });
  const sniffed = await sniff(start, row.type);
  if (!sniffed.agrees) {
    return rejected(
      'type_mismatch',
      `Expected ${row.type}, as was announced; the content is ${sniffed.found}.`,
    );
  }

  const dimensions = await checkDimensions(ctx, { row, storage, start });
  if ('failure' in dimensions) return rejected(dimensions.failure.code, dimensions.failure.message);
  const { pixels } = dimensions;

  const policy = project.rules.scan;
  const scanned = await scanObject(ctx, { row, policy, storage, sha256: digests.sha256 });
  const { sha256, checksum } = digests;
  switch (scanned.scan) {
    case 'pending':
      return { outcome: 'quarantined' };
    case 'infected':
      return rejected('infected', `A scanner found ${scanned.signature}.`, 'infected');
    case 'impossible':
      return rejected('not_scannable', scanned.message);
    case 'not_scanned':
      return { outcome: 'ready', sha256, checksum, scan: 'not_scanned', pixels };
    case 'clean':
      return {
        outcome: 'ready',
        sha256: sha256 ?? scanned.sha256,
        checksum,
        scan: 'clean',
        pixels,
      };
  }
}

interface ObjectDigests {
  sha256: string | null;
  checksum: string | null;
  /** Numbers of the parts whose bytes are not those of the digests that were declared for them. */
  wrongParts: number[];
}

/**
 * A storage that compares what comes tells the digest of an object sent at once, and spares the reading. Of one in
 * parts it knows those of the parts alone, and a digest of the whole does not follow from them: if one was declared,
 * the object is read, by the job, at about the speed of the line to the storage, because what a row says of its bytes
 * has been seen here. Whoever would rather be ready sooner declares digests of parts only, as our SDKs do above 64 MB.
 * A storage that compares nothing is read back whatever was declared.
 */
async function digestsOfObject(
  ctx: SlipwayContext,
  { row, storage, found, comparedParts }: Inspected,
): Promise<ObjectDigests> {
  const { partSize } = row;
  const declared = partSize === null ? [] : await inOrder(ctx, row.id);
  const digest = declared.length === 0 ? null : digestOfDigests(declared);
  const checksum = digest === null ? null : `sha256-parts:${partSize}:${digest}`;
  if (found.sha256 !== null) return { sha256: found.sha256, checksum, wrongParts: [] };
  const compared = digest !== null && (comparedParts || found.partsSha256 === digest);
  // Unless something was declared for the whole, which nobody compared it with.
  if (compared && row.sha256 === null) return { sha256: null, checksum, wrongParts: [] };
  const read = await digestsOf(storage, { key: row.key, size: row.size, partSize });
  const wrongParts = declared.flatMap((part, index) =>
    part === read.parts[index] ? [] : [index + 1],
  );
  return { sha256: read.sha256, checksum, wrongParts };
}

async function inOrder(ctx: SlipwayContext, fileId: string): Promise<string[]> {
  const declared = await declaredDigests(ctx, fileId);
  return [...declared].sort(([a], [b]) => a - b).map(([, sha256]) => sha256);
}

/** SHA-256 over the digests of all parts, as S3's composite checksums are made. */
function digestOfDigests(parts: string[]): string {
  return createHash('sha256')
    .update(Buffer.from(parts.join(''), 'hex'))
    .digest('hex');
}
