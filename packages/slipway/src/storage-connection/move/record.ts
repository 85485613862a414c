import { createHash, type Hash } from 'node:crypto';
import type { FileRow } from '../../file/table.ts';

export interface Digests {
  /** Of all bytes, hex. */
  sha256: string;
  /** As in `file.checksum`, of parts of the file's own part size; null for a file that came in one piece. */
  checksum: string | null;
}

/** Hashes the bytes of a file as they pass, in the ways in which its row may remember them. */
export function createDigester(row: Pick<FileRow, 'partSize'>): {
  update(chunk: Uint8Array): void;
  digest(): Digests;
} {
  const { partSize } = row;
  const whole = createHash('sha256');
  const parts = createHash('sha256');
  let part: Hash | null = null;
  let inPart = 0;
  const endPart = () => {
    if (part !== null) parts.update(part.digest());
    part = null;
    inPart = 0;
  };
  return {
    update(chunk) {
      whole.update(chunk);
      let rest = chunk;
      while (partSize !== null && rest.length > 0) {
        const taken = rest.subarray(0, partSize - inPart);
        part ??= createHash('sha256');
        part.update(taken);
        inPart += taken.length;
        rest = rest.subarray(taken.length);
        if (inPart === partSize) endPart();
      }
    },
    digest() {
      endPart();
      return {
        sha256: whole.digest('hex'),
        checksum: partSize === null ? null : `sha256-parts:${partSize}:${parts.digest('hex')}`,
      };
    },
  };
}

/** Whether these are the bytes that became ready. */
export function isAsRecorded(row: Pick<FileRow, 'sha256' | 'checksum'>, found: Digests): boolean {
  if (row.sha256 !== null) return row.sha256 === found.sha256;
  return row.checksum === null || row.checksum === found.checksum;
}
