import { crc32, deflateRawSync } from 'node:zlib';

export interface Entry {
  readonly name: string;
  readonly content: Buffer;
  /** Unix mode; a symbolic link's content is where it leads. */
  readonly mode?: number;
}

export const SYMBOLIC_LINK = 0o120777;
const PLAIN = 0o100644;
const DEFLATED = 8;
const MADE_ON_UNIX = 0x0314;

/** A zip archive, whatever its entries are called. */
export function zipOf(entries: readonly Entry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { facts, name, packed } = packedOf(entry);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), facts, name, packed]);
    const made = Buffer.alloc(6, 0);
    made.write('PK\x01\x02', 'latin1');
    made.writeUInt16LE(MADE_ON_UNIX, 4);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(((entry.mode ?? PLAIN) << 16) >>> 0, 6);
    place.writeUInt32LE(offset, 10);
    directory.push(made, facts, place, name);
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, central, end]);
}

function packedOf({ name: text, content }: Entry) {
  const packed = deflateRawSync(content);
  const name = Buffer.from(text);
  // Version needed, flags, method, time, date, checksum, both sizes, length of the name, extra.
  const facts = Buffer.alloc(26);
  facts.writeUInt16LE(20, 0);
  facts.writeUInt16LE(DEFLATED, 4);
  facts.writeUInt32LE(crc32(content), 10);
  facts.writeUInt32LE(packed.length, 14);
  facts.writeUInt32LE(content.length, 18);
  facts.writeUInt16LE(name.length, 22);
  return { facts, name, packed };
}

/** Archives in archives: each level holds the one below so many times. */
export function zipBomb({
  levels,
  copies,
  leafBytes,
}: {
  levels: number;
  copies: number;
  leafBytes: number;
}): Buffer {
  let content = zipOf([{ name: '0.bin', content: Buffer.alloc(leafBytes) }]);
  for (let level = 0; level < levels; level += 1) {
    const inner = content;
    content = zipOf(
      Array.from({ length: copies }, (_, index) => ({ name: `${index}.zip`, content: inner })),
    );
  }
  return content;
}

const BLOCK = 512;

/** A tar archive. */
export function tarOf(entries: readonly Entry[]): Buffer {
  return Buffer.concat([...entries.flatMap(tarBlocks), Buffer.alloc(2 * BLOCK)]);
}

function tarBlocks({ name, content, mode = PLAIN }: Entry): Buffer[] {
  const isLink = mode === SYMBOLIC_LINK;
  const size = isLink ? 0 : content.length;
  const header = Buffer.alloc(BLOCK);
  const octal = (value: number, length: number) =>
    `${value.toString(8).padStart(length - 1, '0')}\0`;
  header.write(name, 0);
  header.write(octal(mode & 0o7777, 8), 100);
  header.write(octal(0, 8) + octal(0, 8) + octal(size, 12) + octal(0, 12), 108);
  header.fill(' ', 148, 156);
  header.write(isLink ? '2' : '0', 156);
  if (isLink) header.write(content.toString(), 157);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  if (isLink) return [header];
  return [header, content, Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK)];
}
