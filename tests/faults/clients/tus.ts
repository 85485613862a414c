import { createHash } from 'node:crypto';
import { call, type Patience, persist, Refused, Unreachable } from './call.ts';
import { bearer, type Server, untilReady } from './rest.ts';
import type { Subject } from './subject.ts';

/** What a tus client keeps where a crash does not reach it. */
export interface TusRecord {
  location?: string;
}

export interface TusWork {
  readonly server: Server;
  readonly subject: Subject;
  readonly record: TusRecord;
  readonly patience: Patience;
}

/** What one request sends at most, and so what one flipped bit costs. */
export const CHUNK_BYTES = 512 * 1024;

const VERSION = { 'tus-resumable': '1.0.0' };

/** By tus 1.0 with the checksum extension, as its page has it; the file's id once it is ready. */
export function uploadByTus(work: TusWork): Promise<string> {
  const { record, server, patience } = work;
  return persist(patience, async () => {
    record.location ??= await create(work);
    try {
      await sendRest(work, record.location);
      const id = idOf(record.location);
      await untilReady(server, id);
      return id;
    } catch (error) {
      throw onRefusal(record, error);
    }
  });
}

async function create({ server, subject }: TusWork): Promise<string> {
  const pairs = { filename: subject.name, filetype: 'application/octet-stream' };
  const encoded = Object.entries(pairs).map(
    ([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`,
  );
  const response = await call(`${server.url}/tus`, {
    method: 'POST',
    headers: {
      ...VERSION,
      ...bearer(server),
      'upload-length': String(subject.bytes.length),
      'upload-metadata': encoded.join(','),
    },
  });
  return new URL(response.headers.get('location') ?? '', server.url).href;
}

async function sendRest({ subject: { bytes }, patience }: TusWork, url: string): Promise<void> {
  const answer = await call(url, { method: 'HEAD', headers: VERSION });
  let offset = offsetOf(answer);
  while (offset < bytes.length) {
    if (patience.isGone?.()) throw new Error('the client is gone');
    const chunk = bytes.subarray(offset, offset + CHUNK_BYTES);
    const response = await call(url, {
      method: 'PATCH',
      body: chunk,
      headers: {
        ...VERSION,
        'content-type': 'application/offset+octet-stream',
        'upload-offset': String(offset),
        'upload-checksum': `sha256 ${createHash('sha256').update(chunk).digest('base64')}`,
      },
    });
    offset = offsetOf(response);
  }
}

function offsetOf(response: Response): number {
  const offset = Number(response.headers.get('upload-offset') ?? Number.NaN);
  if (!Number.isSafeInteger(offset)) throw new Error('expected Upload-Offset in the answer');
  return offset;
}

/** `/tus/file_…`, whatever else the address says. */
const idOf = (location: string): string => new URL(location).pathname.split('/').at(-1) ?? '';

/** Ask for the offset and go on: a wrong offset, damaged bytes. */
const AGAIN = [409, 460];
/** The upload is gone; another one is made. */
const OVER = [403, 404, 410];

function onRefusal(record: TusRecord, error: unknown): unknown {
  if (!(error instanceof Refused)) return error;
  if (AGAIN.includes(error.status)) return new Unreachable(error.message);
  if (!OVER.includes(error.status)) return error;
  delete record.location;
  return new Unreachable(error.message);
}
