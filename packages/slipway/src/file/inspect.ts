import { createHash } from 'node:crypto';
import type { SlipwayContext } from '../context.ts';
import type { Project } from '../project/table.ts';
import { scanObject } from '../scan/scan-object.ts';
import type { ObjectInfo, Storage } from '../storage/storage.ts';
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
    }
  | { outcome: 'rejected'; failure: FileFailure; scan: FileRow['scan'] }
  /** The policy wants a scanner's word, and there is none yet. */
  | { outcome: 'quarantined' };

interface Inspected {
  row: FileRow;
  project: Project;
  storage: Storage;
  found: ObjectInfo;
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
  if (row.sha256 !== null && row.sha256 !== digests.sha256) {
    return rejected(
      'digest_mismatch',
      `Expected SHA-256 ${row.sha256}, found ${digests.sha256 ?? 'none'}.`,
    );
  }
  if (digests.wrongPart !== null)
    return rejected('digest_mismatch', `Part ${digests.wrongPart} is not what was announced.`);

  const start = await firstBytes(storage, { key: row.key, size: row.size, bytes: SNIFF_BYTES });
  const sniffed = await sniff(start, row.type);
  if (!sniffed.agrees) {
    return rejected(
      'type_mismatch',
      `Expected ${row.type}, as was announced; the content is ${sniffed.found}.`,
    );
  }

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
      return { outcome: 'ready', sha256, checksum, scan: 'not_scanned' };
    case 'clean':
      return { outcome: 'ready', sha256: sha256 ?? scanned.sha256, checksum, scan: 'clean' };
  }
}

interface ObjectDigests {
  sha256: string | null;
  checksum: string | null;
  /** The first part whose bytes are not those of the digest that was declared for it. */
  wrongPart: number | null;
}

async function digestsOfObject(
  ctx: SlipwayContext,
  { row, storage, found }: Inspected,
): Promise<ObjectDigests> {
  const declared = row.partSize === null ? [] : await inOrder(ctx, row.id);
  const checksum =
    row.partSize === null || declared.length === 0 ? null : checksumOf(row.partSize, declared);
  const { verifiesParts } = await storage.capabilities();
  if (found.sha256 !== null) return { sha256: found.sha256, checksum, wrongPart: null };
  // Every part was compared as it came, and nothing was declared for the whole.
  if (checksum !== null && verifiesParts && row.sha256 === null)
    return { sha256: null, checksum, wrongPart: null };
  const read = await digestsOf(storage, { key: row.key, partSize: row.partSize });
  const wrong = declared.findIndex((digest, index) => digest !== read.parts[index]);
  return { sha256: read.sha256, checksum, wrongPart: wrong === -1 ? null : wrong + 1 };
}

async function inOrder(ctx: SlipwayContext, fileId: string): Promise<string[]> {
  const declared = await declaredDigests(ctx, fileId);
  return [...declared].sort(([a], [b]) => a - b).map(([, sha256]) => sha256);
}

/** SHA-256 over the digests of all parts, as S3's composite checksums are made. */
function checksumOf(partSize: number, parts: string[]): string {
  const digest = createHash('sha256')
    .update(Buffer.from(parts.join(''), 'hex'))
    .digest('hex');
  return `sha256-parts:${partSize}:${digest}`;
}
