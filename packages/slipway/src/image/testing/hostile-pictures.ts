import { crc32, deflateSync } from 'node:zlib';

interface PngShape {
  readonly width: number;
  readonly height: number;
  /** Adam7: to show anything a decoder has to hold everything. */
  readonly interlaced?: boolean;
}

/** A black PNG of any size, 8 bits of grey a pixel: a bomb when it is large. */
export function blackPng({ width, height, interlaced = false }: PngShape): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  header[12] = interlaced ? 1 : 0;
  const zeros = interlaced ? adam7Bytes(width, height) : (width + 1) * height;
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.alloc(zeros), { level: 1 })),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  size.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([size, body, sum]);
}

/** First column and row of each pass, and how far it is to the next. */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

function adam7Bytes(width: number, height: number): number {
  return ADAM7.reduce((total, [x, y, dx, dy]) => {
    const columns = Math.ceil((width - x) / dx);
    return total + (columns + 1) * Math.ceil((height - y) / dy);
  }, 0);
}

interface GifShape {
  readonly width: number;
  readonly height: number;
  readonly frames: number;
}

/** An animation of one pixel a frame on a large canvas: kilobytes that become gigabytes when all are decoded. */
export function tinyFramesGif({ width, height, frames }: GifShape): Buffer {
  const header = Buffer.from('GIF89a\0\0\0\0\x80\0\0', 'latin1');
  header.writeUInt16LE(width, 6);
  header.writeUInt16LE(height, 8);
  const colours = Buffer.from([0, 0, 0, 255, 255, 255]);
  // Delay, then at 0/0 a picture of 1 × 1: the codes "clear, black, end" of three bits each.
  const frame = Buffer.from('21f904000a0000002c0000000001000100000202440100', 'hex');
  return Buffer.concat([header, colours, ...Array(frames).fill(frame), Buffer.from(';')]);
}

/** A sequence that is the same in every run (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const NASTY = [0, 1, 0x7f, 0x80, 0xff];

/** A picture with something wrong in it: bits, lengths, pieces missing, doubled or moved. */
export function mutate(picture: Buffer, random: () => number): Buffer {
  const at = () => Math.floor(random() * picture.length);
  const length = 1 + Math.floor(random() * 64);
  const changed = Buffer.from(picture);
  switch (Math.floor(random() * 6)) {
    case 0:
      for (let bits = 1 + Math.floor(random() * 32); bits > 0; bits -= 1) {
        const index = at();
        changed[index] = (changed[index] ?? 0) ^ (1 << Math.floor(random() * 8));
      }
      return changed;
    case 1: {
      const value = NASTY[Math.floor(random() * NASTY.length)] ?? 0;
      return changed.fill(value, at(), at());
    }
    case 2: {
      // A length or a size, as most formats write them.
      if (changed.length > 4)
        changed.writeUInt32BE(Math.floor(random() * 2 ** 32), at() % (changed.length - 4));
      return changed;
    }
    case 3:
      return changed.subarray(0, at());
    case 4: {
      const from = at();
      return Buffer.concat([changed.subarray(0, from), changed.subarray(from + length)]);
    }
    default: {
      const [from, to] = [at(), at()];
      const piece = changed.subarray(from, from + length);
      return Buffer.concat([changed.subarray(0, to), piece, changed.subarray(to)]);
    }
  }
}
