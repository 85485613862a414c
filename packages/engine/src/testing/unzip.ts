import { crc32 } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';

export interface Unpacked {
  readonly name: string;
  /** Where its header begins in the archive. */
  readonly offset: number;
  readonly size: number;
  /** Throws when they are not what the archive says of them. */
  bytes(): Promise<Buffer>;
}

/**
 * What an archive holds, in its order, as a library has it that was not written here.
 *
 * @param path - of the archive
 */
export async function unzip(path: string): Promise<Unpacked[]> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false });
  const found: Unpacked[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<Unpacked[]>();
  zip.on('entry', (entry: Entry) => {
    const { fileName: name, relativeOffsetOfLocalHeader: offset, uncompressedSize: size } = entry;
    found.push({ name, offset, size, bytes: () => bytesOf(zip, entry) });
    zip.readEntry();
  });
  zip.on('end', () => resolve(found));
  zip.on('error', reject);
  zip.readEntry();
  return promise;
}

async function bytesOf(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const stream = await zip.openReadStreamPromise(entry);
  const bytes = Buffer.concat(await stream.toArray());
  if (crc32(bytes) !== entry.crc32) throw new Error(`${entry.fileName} is damaged`);
  return bytes;
}
