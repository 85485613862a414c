import { slipwayError } from '../errors.ts';

const LONGEST_HEAD = 16 * 1024;
const LINE = '\r\n';
const HEAD_END = Buffer.from('\r\n\r\n');

/** The boundary of a form's parts, from the request's `Content-Type`. */
export function boundaryOf(contentType: string | undefined): string {
  const [, quoted, plain] =
    /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"]{1,70})"|([^\s";,]{1,70}))/i.exec(
      contentType ?? '',
    ) ?? [];
  const boundary = quoted ?? plain;
  if (boundary !== undefined) return boundary;
  throw slipwayError(
    'content_type_unsupported',
    `Expected a form: "Content-Type: multipart/form-data; boundary=…", received "${contentType ?? ''}".`,
  );
}

/**
 * The bytes of the field `file` of a form, as they come: never more than a chunk of them is held. What
 * comes before it is skipped, what comes after it is not read.
 *
 * @throws `bad_request` when there is no such field, or the form ends in the middle of it.
 */
export async function* formFile(
  body: AsyncIterable<Buffer>,
  boundary: string,
): AsyncGenerator<Buffer> {
  // As if a line came before: then the first part begins like every other.
  const parts = partsOf(body, Buffer.from(`${LINE}--${boundary}`));
  for await (const event of parts) {
    if (event.type === 'head' && isFile(event.head)) {
      for await (const next of parts) {
        if (next.type !== 'bytes') return;
        yield next.bytes;
      }
      return;
    }
  }
  throw slipwayError('bad_request', 'Expected a form with the field "file"; there is none.');
}

const isFile = (head: string) =>
  /^content-disposition:\s*form-data\s*;(.*;)?\s*name="?file"?\s*(;|$)/im.test(head);

type FormEvent =
  | { type: 'head'; head: string }
  | { type: 'bytes'; bytes: Buffer }
  | { type: 'end' };

async function* partsOf(
  body: AsyncIterable<Buffer>,
  delimiter: Buffer,
): AsyncGenerator<FormEvent, void> {
  let rest: Buffer = Buffer.from(LINE);
  let state: 'bytes' | 'head' = 'bytes';
  let isPreamble = true;
  for await (const chunk of body) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      if (state === 'bytes') {
        const at = rest.indexOf(delimiter);
        // What may be the beginning of a delimiter waits for the next chunk.
        const end = at === -1 ? Math.max(0, rest.length - delimiter.length + 1) : at;
        if (end > 0 && !isPreamble) yield { type: 'bytes', bytes: rest.subarray(0, end) };
        rest = rest.subarray(end);
        if (at === -1) break;
        if (!isPreamble) yield { type: 'end' };
        isPreamble = false;
        rest = rest.subarray(delimiter.length);
        state = 'head';
      }
      if (rest.length < 2) break;
      if (rest.subarray(0, 2).toString('latin1') === '--') return;
      const at = rest.indexOf(HEAD_END);
      if (at === -1 && rest.length > LONGEST_HEAD)
        throw slipwayError('bad_request', 'Expected a shorter head of a form’s field.');
      if (at === -1) break;
      yield { type: 'head', head: rest.subarray(0, at).toString('utf8') };
      rest = rest.subarray(at + HEAD_END.length);
      state = 'bytes';
    }
  }
  throw slipwayError('size_mismatch', 'The request ended in the middle of its form.');
}
