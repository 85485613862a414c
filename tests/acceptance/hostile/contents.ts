import { gzipSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { zipOf } from './archives.ts';

/** A type of file, what its name ends in, and one of its kind. */
export interface Content {
  readonly type: string;
  readonly extension: string;
  readonly make: () => Sharp | Buffer;
}

const picture = () => sharp({ create: { width: 9, height: 9, channels: 3, background: '#c63' } });
const latin1 = (text: string) => Buffer.from(text, 'latin1');

export const CONTENTS: readonly Content[] = [
  { type: 'image/jpeg', extension: 'jpg', make: () => picture().jpeg() },
  { type: 'image/png', extension: 'png', make: () => picture().png() },
  { type: 'image/gif', extension: 'gif', make: () => picture().gif() },
  { type: 'image/webp', extension: 'webp', make: () => picture().webp() },
  { type: 'image/avif', extension: 'avif', make: () => picture().avif({ effort: 0 }) },
  { type: 'image/tiff', extension: 'tif', make: () => picture().tiff() },
  { type: 'application/pdf', extension: 'pdf', make: () => latin1('%PDF-1.7\n%%EOF\n') },
  {
    type: 'application/zip',
    extension: 'zip',
    make: () => zipOf([{ name: 'a.txt', content: Buffer.from('a') }]),
  },
  { type: 'application/gzip', extension: 'gz', make: () => gzipSync('a') },
  {
    type: 'video/mp4',
    extension: 'mp4',
    make: () => latin1('\0\0\0\x18ftypmp42\0\0\0\0mp42isom\0\0\0\x08free'),
  },
  {
    type: 'audio/wav',
    extension: 'wav',
    make: () => Buffer.concat([latin1('RIFF\x24\0\0\0WAVEfmt \x10\0\0\0'), Buffer.alloc(40)]),
  },
  { type: 'text/html', extension: 'html', make: () => latin1('<!doctype html><p>words</p>') },
];

export async function contentOf({ make }: Content): Promise<Buffer> {
  const made = make();
  return Buffer.isBuffer(made) ? made : made.toBuffer();
}
