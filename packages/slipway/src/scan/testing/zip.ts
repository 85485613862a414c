import { crc32, deflateRawSync } from 'node:zlib';

const DEFLATED = 8;

/** A zip archive with one file in it. */
export function zipOf(name: string, content: Buffer): Buffer {
  const packed = deflateRawSync(content);
  const file = Buffer.from(name);
  // Version needed, flags, method, time, date, checksum, both sizes, length of the name, extra.
  const facts = Buffer.alloc(26);
  facts.writeUInt16LE(20, 0);
  facts.writeUInt16LE(DEFLATED, 4);
  facts.writeUInt32LE(crc32(content), 10);
  facts.writeUInt32LE(packed.length, 14);
  facts.writeUInt32LE(content.length, 18);
  facts.writeUInt16LE(file.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), facts, file, packed]);
  const entry = Buffer.concat([
    ...[Buffer.from('PK\x01\x02', 'latin1'), Buffer.from([20, 0]), facts],
    // No comment, first disk, no attributes, at the archive's beginning.
    ...[Buffer.alloc(14), file],
  ]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, entry, end]);
}
