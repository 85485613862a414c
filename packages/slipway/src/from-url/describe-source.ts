import { fileName, mediaType } from '../file/schema.ts';
import { areAlike, SNIFF_BYTES, sniff } from '../file/sniff.ts';
import type { Source } from './open-source.ts';

const ANY_TYPE = 'application/octet-stream';

export interface SourceDescription {
  name: string;
  type: string;
  /** Bytes; null where the source does not say. */
  size: number | null;
  validator: string | null;
}

/** What the file is, as far as its source and its first bytes tell. Ends the answer. */
export async function describeSource({ headers, body, url }: Source): Promise<SourceDescription> {
  const start = await firstBytes(body);
  return {
    name: nameOf(headers['content-disposition'], url),
    type: await typeOf(headers['content-type'], start),
    size: sizeOf(headers),
    validator: validatorOf(headers),
  };
}

/** Null for what it does not say. */
export function sizeOf(headers: Source['headers']): number | null {
  const length = headers['content-length'];
  return length !== undefined && /^\d{1,15}$/.test(length) ? Number(length) : null;
}

/** A name of exactly these bytes, as `If-Range` takes it. */
export function validatorOf(headers: Source['headers']): string | null {
  const { etag } = headers;
  if (etag?.startsWith('"')) return etag;
  return headers['last-modified'] ?? null;
}

async function firstBytes(body: Source['body']): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= SNIFF_BYTES) break;
    }
  } finally {
    body.destroy();
  }
  return Buffer.concat(chunks).subarray(0, SNIFF_BYTES);
}

/** What the source says, unless its bytes show something else. */
async function typeOf(header: string | undefined, start: Buffer): Promise<string> {
  const said = mediaType.safeParse(header?.split(';')[0] ?? '').data ?? ANY_TYPE;
  const seen = await sniff(start, ANY_TYPE);
  const detected = seen.agrees ? seen.detected : null;
  return detected === null || areAlike(detected, said) ? said : detected;
}

function nameOf(disposition: string | undefined, { pathname }: URL): string {
  const [, encoded] = /filename\*\s*=\s*utf-8''([^;]+)/i.exec(disposition ?? '') ?? [];
  const [, quoted, plain] = /filename\s*=\s*(?:"([^"]*)"|([^;\s]+))/i.exec(disposition ?? '') ?? [];
  const last = pathname.split('/').at(-1);
  for (const name of [encoded && decoded(encoded), quoted ?? plain, decoded(last ?? '')]) {
    // Whatever they call it, it is no path here.
    const tail = name?.split(/[/\\]/).at(-1)?.trim().slice(-200);
    const result = fileName.safeParse(tail);
    if (result.success) return result.data;
  }
  return 'download';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
