import { describe, expect, it } from 'vitest';
import { makeDng, renderInterior, tiff16 } from '../testing/pictures.ts';
import { createRandom } from '../testing/random.ts';
import { isHighDynamicRange } from './high-dynamic-range.ts';
import { readBoxes } from './media-boxes.ts';
import { holdsSensorData, isRawCutOff, rawExif } from './raw-container.ts';
import { readExif } from './read-exif.ts';
import { sniffFormat } from './sniff-format.ts';
import { readTiffDirectories } from './tiff-directories.ts';

function box(type: string, content: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + content.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}

type Entry = readonly [tag: number, type: number, count: number, value: Buffer];

/** A TIFF block of one directory in the byte order asked for; values of more than 4 bytes come behind it. */
function tiff(entries: readonly Entry[], order: 'II' | 'MM'): Buffer {
  const little = order === 'II';
  const out = Buffer.alloc(8 + 2 + entries.length * 12 + 4);
  const u16 = (value: number, at: number) =>
    little ? out.writeUInt16LE(value, at) : out.writeUInt16BE(value, at);
  const u32 = (value: number, at: number) =>
    little ? out.writeUInt32LE(value, at) : out.writeUInt32BE(value, at);
  out.write(order, 'latin1');
  u16(42, 2);
  u32(8, 4);
  u16(entries.length, 8);
  const outside: Buffer[] = [];
  let free = out.length;
  for (const [index, [tag, type, count, value]] of entries.entries()) {
    const at = 10 + index * 12;
    u16(tag, at);
    u16(type, at + 2);
    u32(count, at + 4);
    if (value.length <= 4) value.copy(out, at + 8);
    else {
      u32(free, at + 8);
      outside.push(value);
      free += value.length;
    }
  }
  return Buffer.concat([out, ...outside]);
}

function text(tag: number, value: string): Entry {
  return [tag, 2, value.length + 1, Buffer.from(`${value}\0`.padEnd(5, '\0'), 'latin1')];
}

/** A file built like Canon's CR3: EXIF in two TIFF blocks of their own. */
function cr3(): Buffer {
  const time = Buffer.alloc(8);
  time.writeUInt32LE(1, 0);
  time.writeUInt32LE(250, 4);
  const iso = Buffer.from([0x90, 0x01, 0, 0]);
  const main = tiff(
    [text(0x010f, 'Canon'), text(0x0110, 'Canon EOS R6'), text(0x8298, 'A. Photographer')],
    'II',
  );
  const exif = tiff(
    [[0x829a, 5, 1, time], [0x8827, 3, 1, iso], text(0x9003, '2026:05:01 10:00:00')],
    'II',
  );
  const inside = Buffer.concat([
    Buffer.alloc(16),
    box('CNCV', Buffer.alloc(30)),
    box('CMT1', main),
    box('CMT2', exif),
  ]);
  return Buffer.concat([
    box('ftyp', Buffer.from('crx \0\0\0\u0001crx isom', 'latin1')),
    box('moov', box('uuid', inside)),
    box('mdat', Buffer.alloc(100)),
  ]);
}

/** A file built like Fujifilm's RAF: header, an embedded JPEG, sensor data. */
function raf(sensorBytes: number): Buffer {
  const header = Buffer.alloc(160);
  header.write('FUJIFILMCCD-RAW ', 'latin1');
  header.writeUInt32BE(160, 84);
  header.writeUInt32BE(40, 88);
  header.writeUInt32BE(200, 100);
  header.writeUInt32BE(sensorBytes, 104);
  return Buffer.concat([header, Buffer.alloc(40, 0xd8), Buffer.alloc(500)]);
}

describe('which files hold sensor data', () => {
  it('knows them by their directories, and leaves pictures alone', async () => {
    expect(holdsSensorData(makeDng(renderInterior(16, 16, 1)).bytes)).toBe(true);
    expect(holdsSensorData((await tiff16()).bytes)).toBe(false);
    const sub = tiff([[262, 3, 1, Buffer.from([0x23, 0x80, 0, 0])]], 'II');
    const pointer = Buffer.alloc(4);
    pointer.writeUInt32LE(200);
    const nef = Buffer.concat([tiff([[330, 4, 1, pointer]], 'II'), Buffer.alloc(200)]);
    sub.copy(nef, 200, 8);
    expect(holdsSensorData(nef)).toBe(true);
    expect(sniffFormat(nef, 'DSC_0001.JPG')).toBe('raw');
  });

  it.each([
    ['CR2', Buffer.from('II*\0\u0010\0\0\0CR\u0002\0', 'latin1')],
    ['CR3', cr3()],
    ['RAF', raf(100)],
    ['ORF', Buffer.from('IIRO\u0008\0\0\0\0\0', 'latin1')],
    ['RW2', Buffer.from('IIU\0\u0018\0\0\0', 'latin1')],
  ])('knows %s', (_name, bytes) => {
    expect(sniffFormat(bytes, 'x')).toBe('raw');
  });
});

describe('files that end early', () => {
  it('are noticed in every kind of raw file', () => {
    const dng = makeDng(renderInterior(32, 32, 1)).bytes;
    expect(isRawCutOff(dng)).toBe(false);
    expect(isRawCutOff(dng.subarray(0, dng.length - 1))).toBe(true);
    expect(isRawCutOff(cr3())).toBe(false);
    expect(isRawCutOff(cr3().subarray(0, cr3().length - 1))).toBe(true);
    expect(isRawCutOff(raf(500))).toBe(false);
    expect(isRawCutOff(raf(501))).toBe(true);
    expect(isRawCutOff(raf(500).subarray(0, 90))).toBe(true);
  });
});

describe('the EXIF of raw files', () => {
  it('is put together from the two blocks of a CR3', async () => {
    expect(await readExif(rawExif(cr3()))).toMatchObject({
      camera: 'Canon EOS R6',
      exposureTime: 1 / 250,
      iso: 400,
      takenAt: '2026-05-01T10:00:00.000Z',
    });
  });

  it('is that of the embedded JPEG of a RAF', () => {
    expect([...(rawExif(raf(100)) ?? [])]).toEqual(Array.from({ length: 40 }, () => 0xd8));
    expect(rawExif(raf(100).subarray(0, 180))).toBeNull();
  });

  it('is not there when its boxes are not', () => {
    const bytes = cr3();
    expect(rawExif(bytes.subarray(0, 60))).toBeNull();
    expect(rawExif(bytes.subarray(0, 30))).toBeNull();
  });
});

describe('reading what a stranger wrote', () => {
  it('survives directories that point to themselves, and at nothing', () => {
    const loop = tiff([[330, 4, 1, Buffer.from([8, 0, 0, 0])]], 'II');
    loop.writeUInt32LE(8, loop.length - 4);
    expect(readTiffDirectories(loop)).toHaveLength(1);
    expect(readTiffDirectories(Buffer.from('II*\0\xff\xff\xff\xff', 'latin1'))).toEqual([]);
    expect(readTiffDirectories(new Uint8Array(5))).toEqual([]);
  });

  it('reads both byte orders', () => {
    for (const order of ['II', 'MM'] as const) {
      const value = order === 'II' ? Buffer.from([7, 1, 0, 0]) : Buffer.from([1, 7, 0, 0]);
      const [directory] = readTiffDirectories(tiff([[256, 3, 1, value]], order));
      expect(directory?.get(256)).toEqual([263]);
    }
  });

  it('ends at boxes without a size', () => {
    const endless = Buffer.concat([
      box('free', Buffer.alloc(4)),
      Buffer.from([0, 0, 0, 3, 1, 1, 1, 1]),
    ]);
    expect(readBoxes(endless, 0, endless.length).map(({ type }) => type)).toEqual(['free']);
    const toTheEnd = Buffer.concat([
      Buffer.from([0, 0, 0, 0]),
      Buffer.from('mdat'),
      Buffer.alloc(9),
    ]);
    expect(readBoxes(toTheEnd, 0, 17)).toEqual([{ type: 'mdat', start: 8, end: 17 }]);
  });

  it('never throws, whatever is changed', () => {
    const random = createRandom(5);
    const files = [cr3(), raf(100), Buffer.from(makeDng(renderInterior(8, 8, 1)).bytes)];
    for (let round = 0; round < 3000; round++) {
      const file = Buffer.from(files[round % 3] ?? []);
      for (let hit = 0; hit < 4; hit++)
        file[8 + Math.floor(random() * (file.length - 8))] = Math.floor(random() * 256);
      const bytes = file.subarray(0, Math.ceil(random() * 1.5 * file.length));
      expect(typeof isRawCutOff(bytes)).toBe('boolean');
      expect(typeof holdsSensorData(bytes)).toBe('boolean');
      expect(typeof isHighDynamicRange(bytes)).toBe('boolean');
      rawExif(bytes);
    }
  });
});

describe('screens of high dynamic range', () => {
  const colr = (kind: string, transfer: number): Buffer =>
    box(
      'colr',
      Buffer.concat([Buffer.from(kind, 'latin1'), Buffer.from([0, 9, 0, transfer, 0, 9, 0x80])]),
    );
  const file = (...colors: Buffer[]): Buffer =>
    Buffer.concat([
      box('ftyp', Buffer.from('heic\0\0\0\0heic', 'latin1')),
      box(
        'meta',
        Buffer.concat([Buffer.alloc(4), box('iprp', box('ipco', Buffer.concat(colors)))]),
      ),
    ]);

  it.each([
    ['PQ', [colr('nclx', 16)], true],
    ['HLG', [colr('nclx', 18)], true],
    ['sRGB', [colr('nclx', 13)], false],
    ['a gain map beside a plain picture', [colr('prof', 0), colr('nclx', 16)], false],
    ['nothing', [], false],
  ] as const)('are known: %s', (_name, colors, expected) => {
    expect(isHighDynamicRange(file(...colors))).toBe(expected);
  });
});
