import { slipwayError } from '../errors.ts';

export type UploadConcat =
  | { kind: 'whole' }
  /** A piece of a later upload. */
  | { kind: 'partial' }
  /** Made of the pieces at these addresses, in this order. */
  | { kind: 'final'; parts: string[] };

const FINAL = 'final;';

/** The `Upload-Concat` header: `partial`, `final;<url> <url> …`, or absent. */
export function parseUploadConcat(header: string | undefined): UploadConcat {
  if (header === undefined) return { kind: 'whole' };
  const value = header.trim();
  if (value === 'partial') return { kind: 'partial' };
  const parts = value.startsWith(FINAL) ? value.slice(FINAL.length).trim().split(/ +/) : [];
  if (parts.length === 0 || parts[0] === '') {
    throw slipwayError(
      'bad_request',
      'Expected Upload-Concat as "partial" or "final;<url> <url> …".',
    );
  }
  return { kind: 'final', parts };
}
