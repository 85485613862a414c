import type { ZipEntry } from './plan.ts';

/** PKWARE's APPNOTE 6.3.10, sections 4.3 and 4.5. */
const MAX_32 = 0xffff_ffff;
const MAX_16 = 0xffff;
const VERSION = 20;
const VERSION_64 = 45;
/** Names are UTF-8. */
const FLAGS = 0x0800;
const UNIX = 3 << 8;
/** A file that everybody may read: -rw-r--r--. */
const ATTRIBUTES = 0o100644 * 2 ** 16;

export function localHeader({ name, size, crc32, modified }: ZipEntry): Uint8Array {
  const large = size >= MAX_32;
  const extra = large ? extended([size, size]) : Buffer.alloc(0);
  const letters = Buffer.from(name);
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(large ? VERSION_64 : VERSION, 4);
  head.writeUInt16LE(FLAGS, 6);
  head.writeUInt32LE(dosTime(modified), 10);
  head.writeUInt32LE(crc32, 14);
  head.writeUInt32LE(large ? MAX_32 : size, 18);
  head.writeUInt32LE(large ? MAX_32 : size, 22);
  head.writeUInt16LE(letters.length, 26);
  head.writeUInt16LE(extra.length, 28);
  return Buffer.concat([head, letters, extra]);
}

export function centralHeader(
  { name, size, crc32, modified }: ZipEntry,
  offset: number,
): Uint8Array {
  // Only what does not fit is written there, in this order.
  const large = [...(size >= MAX_32 ? [size, size] : []), ...(offset >= MAX_32 ? [offset] : [])];
  const extra = large.length === 0 ? Buffer.alloc(0) : extended(large);
  const version = large.length === 0 ? VERSION : VERSION_64;
  const letters = Buffer.from(name);
  const head = Buffer.alloc(46);
  head.writeUInt32LE(0x02014b50, 0);
  head.writeUInt16LE(UNIX | version, 4);
  head.writeUInt16LE(version, 6);
  head.writeUInt16LE(FLAGS, 8);
  head.writeUInt32LE(dosTime(modified), 12);
  head.writeUInt32LE(crc32, 16);
  head.writeUInt32LE(Math.min(size, MAX_32), 20);
  head.writeUInt32LE(Math.min(size, MAX_32), 24);
  head.writeUInt16LE(letters.length, 28);
  head.writeUInt16LE(extra.length, 30);
  head.writeUInt32LE(ATTRIBUTES, 38);
  head.writeUInt32LE(Math.min(offset, MAX_32), 42);
  return Buffer.concat([head, letters, extra]);
}

/** @param directory how many headers there are, where they begin, and how long they are together */
export function endOfArchive(directory: {
  count: number;
  start: number;
  length: number;
}): Uint8Array {
  const { count, start, length } = directory;
  const large = count >= MAX_16 || start >= MAX_32 || length >= MAX_32;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(count, MAX_16), 8);
  end.writeUInt16LE(Math.min(count, MAX_16), 10);
  end.writeUInt32LE(Math.min(length, MAX_32), 12);
  end.writeUInt32LE(Math.min(start, MAX_32), 16);
  if (!large) return end;
  const end64 = Buffer.alloc(56);
  end64.writeUInt32LE(0x06064b50, 0);
  end64.writeBigUInt64LE(44n, 4);
  end64.writeUInt16LE(UNIX | VERSION_64, 12);
  end64.writeUInt16LE(VERSION_64, 14);
  end64.writeBigUInt64LE(BigInt(count), 24);
  end64.writeBigUInt64LE(BigInt(count), 32);
  end64.writeBigUInt64LE(BigInt(length), 40);
  end64.writeBigUInt64LE(BigInt(start), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(start + length), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([end64, locator, end]);
}

function extended(values: readonly number[]): Buffer {
  const extra = Buffer.alloc(4 + 8 * values.length);
  extra.writeUInt16LE(0x0001, 0);
  extra.writeUInt16LE(8 * values.length, 2);
  for (const [index, value] of values.entries()) {
    extra.writeBigUInt64LE(BigInt(value), 4 + 8 * index);
  }
  return extra;
}

/** Two seconds fine, from 1980 on, without a zone: time in the lower half, date in the upper. */
function dosTime(at: Date): number {
  const year = Math.max(0, Math.min(127, at.getUTCFullYear() - 1980));
  const date = (year << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  return ((date << 16) | time) >>> 0;
}
