import { slipwayError } from '../errors.ts';

const DIGITS = /^\d{1,16}$/;

/** A number of bytes in a header; undefined when the header is absent. */
export function parseByteCount(name: string, header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const value = Number(header);
  if (!DIGITS.test(header) || !Number.isSafeInteger(value)) {
    throw slipwayError('bad_request', `Expected ${name} to be a number of bytes.`);
  }
  return value;
}

/**
 * What a creation says about its length: bytes, or null when that follows later
 * (`Upload-Defer-Length: 1`). Exactly one of the two headers is expected.
 */
export function parseLength(headers: {
  uploadLength: string | undefined;
  uploadDeferLength: string | undefined;
}): number | null {
  const length = parseByteCount('Upload-Length', headers.uploadLength);
  const { uploadDeferLength: defer } = headers;
  if (defer !== undefined && defer !== '1') {
    throw slipwayError('bad_request', `Expected Upload-Defer-Length: 1, received "${defer}".`);
  }
  if ((length === undefined) === (defer === undefined)) {
    throw slipwayError(
      'bad_request',
      'Expected either Upload-Length or "Upload-Defer-Length: 1" with the creation of an upload.',
    );
  }
  return length ?? null;
}
