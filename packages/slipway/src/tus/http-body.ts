import { slipwayError } from '../errors.ts';
import type { AppendedBytes } from './append.ts';
import type { TusContext } from './http-headers.ts';
import { parseUploadChecksum } from './upload-checksum.ts';
import { parseByteCount } from './upload-length.ts';

const BYTES_TYPE = 'application/offset+octet-stream';

/** The request's bytes; its body is read from the connection itself, chunk by chunk. */
export function readBody(c: TusContext): AppendedBytes {
  const type = c.req.header('content-type');
  if (type?.toLowerCase() !== BYTES_TYPE) {
    throw slipwayError(
      'content_type_unsupported',
      `Expected the header "Content-Type: ${BYTES_TYPE}", received "${type ?? ''}".`,
    );
  }
  return {
    body: c.env.incoming,
    contentLength: hasUnknownLength(c) ? undefined : announcedLength(c),
    checksum: parseUploadChecksum(c.req.header('upload-checksum')),
  };
}

/** Of a request that need not have any. */
export function readOptionalBody(c: TusContext): AppendedBytes | undefined {
  return hasUnknownLength(c) || announcedLength(c) > 0 ? readBody(c) : undefined;
}

const hasUnknownLength = (c: TusContext) => c.req.header('transfer-encoding') !== undefined;

const announcedLength = (c: TusContext) =>
  parseByteCount('Content-Length', c.req.header('content-length')) ?? 0;
