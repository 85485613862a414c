import { createHash } from 'node:crypto';
import { call, type Patience, persist, Refused, Unreachable } from './call.ts';
import { bearer, type Server, untilReady } from './rest.ts';
import type { Subject } from './subject.ts';

/** What a tus client keeps where a crash does not reach it. */
export interface TusRecord {
  location?: string;
  pieces?: string[];
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
  const { record, subject } = work;
  return untilDone(work, async () => {
    record.location ??= await create(work, { length: subject.bytes.length });
    await sendRest(work, { url: record.location, bytes: subject.bytes });
    return settled(work, record.location);
  });
}

/** The same in two pieces, which the server puts together. */
export function uploadByTusInPieces(work: TusWork): Promise<string> {
  const { record, subject } = work;
  const middle = Math.floor(subject.bytes.length / 2);
  const halves = [subject.bytes.subarray(0, middle), subject.bytes.subarray(middle)];
  return untilDone(work, async () => {
    record.pieces ??= [];
    for (const [index, bytes] of halves.entries()) {
      record.pieces[index] ??= await create(work, { length: bytes.length, concat: 'partial' });
    }
    if (record.location === undefined) {
      for (const [index, url] of record.pieces.entries()) {
        await sendRest(work, { url, bytes: halves[index] ?? Buffer.alloc(0) });
      }
      record.location = await create(work, { concat: `final;${record.pieces.join(' ')}` });
    }
    return settled(work, record.location);
  });
}

/** Begins, sends a little, and gives up in order. */
export function beginAndTerminate(work: TusWork): Promise<string> {
  const { record, subject } = work;
  return untilDone(work, async () => {
    record.location ??= await create(work, { length: subject.bytes.length + 1 });
    const url = record.location;
    await sendRest(work, { url, bytes: subject.bytes.subarray(0, CHUNK_BYTES) });
    await call(url, { method: 'DELETE', headers: VERSION }).catch((error: unknown) => {
      // An answer that was lost, and then there is nothing to end any more.
      if (!(error instanceof Refused && OVER.includes(error.status))) throw error;
    });
    return idOf(url);
  });
}

interface Creation {
  readonly length?: number;
  readonly concat?: string;
}

async function create({ server, subject }: TusWork, { length, concat }: Creation): Promise<string> {
  const pairs = { filename: subject.name, filetype: 'application/octet-stream' };
  const encoded = Object.entries(pairs).map(
    ([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`,
  );
  const response = await call(`${server.url}/tus`, {
    method: 'POST',
    headers: {
      ...VERSION,
      ...bearer(server),
      'upload-metadata': encoded.join(','),
      ...(length === undefined ? {} : { 'upload-length': String(length) }),
      ...(concat === undefined ? {} : { 'upload-concat': concat }),
    },
  });
  return new URL(response.headers.get('location') ?? '', server.url).href;
}

async function sendRest(
  { patience }: TusWork,
  { url, bytes }: { readonly url: string; readonly bytes: Buffer<ArrayBuffer> },
): Promise<void> {
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

async function settled({ server }: TusWork, location: string): Promise<string> {
  const id = idOf(location);
  await untilReady(server, id);
  return id;
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
/** The upload is gone, or its pieces are in another one; a new one is made. */
const OVER = [400, 403, 404, 410];

function untilDone({ record, patience }: TusWork, attempt: () => Promise<string>): Promise<string> {
  return persist(patience, async () => {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (OVER.includes(error.status)) {
        delete record.location;
        delete record.pieces;
      } else if (!AGAIN.includes(error.status)) throw error;
      throw new Unreachable(error.message);
    }
  });
}
