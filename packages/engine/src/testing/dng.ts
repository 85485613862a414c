import type { InputFrame } from '../steps/step.ts';
import type { Scene } from './interior.ts';
import { createRandom } from './random.ts';

export type DngOptions = {
  /** Exposure bias in EV; default 0. */
  readonly ev?: number;
  /** EXIF orientation 1..8; default 1. */
  readonly orientation?: number;
  /** Sensor response to neutral light, red, green, blue; default 0.5, 1, 0.7. */
  readonly neutral?: readonly [red: number, green: number, blue: number];
  readonly name?: string;
  /** Standard deviation of the read noise in codes; default 2. */
  readonly noise?: number;
};

/** Sensor codes of black and of a full well, as a 14-bit camera has them. */
const BLACK = 512;
const WHITE = 15_871;

/** XYZ (D65) to linear sRGB, IEC 61966-2-1: the sensor of this camera sees sRGB. */
const XYZ_TO_CAMERA = [
  3.2404542, -1.5371385, -0.4985314, -0.969266, 1.8760108, 0.041556, 0.0556434, -0.2040259,
  1.0572252,
];

/** Colour of the sensor pixels, row by row: red, green / green, blue. */
const PATTERN = [0, 1, 1, 2] as const;

/**
 * An uncompressed Bayer raw file of a scene (DNG 1.4), the smallest file every raw decoder reads: one
 * strip of 16-bit codes, camera white balance, exposure as a camera writes it.
 */
export function makeDng(scene: Scene, options: DngOptions = {}): InputFrame {
  const { ev = 0, orientation = 1, neutral = [0.5, 1, 0.7], noise = 2 } = options;
  const codes = mosaic(scene, { gain: 2 ** ev, neutral, noise });
  const time: Rational = [Math.round((1e6 / 30) * 2 ** ev), 1_000_000];
  const exif: Entry[] = [
    [33_434, 'rational', [time]],
    [33_437, 'rational', [[80, 10]]],
    [34_855, 'short', [200]],
    [36_867, 'text', '2026:05:01 10:00:00'],
    [37_380, 'signedRational', [[Math.round(ev * 100), 100]]],
  ];
  const main: Entry[] = [
    [254, 'long', [0]],
    [256, 'long', [scene.width]],
    [257, 'long', [scene.height]],
    [258, 'short', [16]],
    [259, 'short', [1]],
    [262, 'short', [32_803]],
    [271, 'text', 'Test'],
    [272, 'text', 'Test One'],
    [273, 'long', [0]],
    [274, 'short', [orientation]],
    [277, 'short', [1]],
    [278, 'long', [scene.height]],
    [279, 'long', [codes.byteLength]],
    [33_421, 'short', [2, 2]],
    [33_422, 'byte', PATTERN],
    [34_665, 'long', [0]],
    [50_706, 'byte', [1, 4, 0, 0]],
    [50_707, 'byte', [1, 1, 0, 0]],
    [50_708, 'text', 'Test One'],
    [50_714, 'short', [BLACK]],
    [50_717, 'short', [WHITE]],
    [50_721, 'signedRational', XYZ_TO_CAMERA.map((value) => [Math.round(value * 1e6), 1e6])],
    [50_728, 'rational', neutral.map((value) => [Math.round(value * 1e4), 1e4])],
    [50_778, 'short', [21]],
  ];
  return { name: options.name ?? 'IMG_0001.DNG', bytes: layOut(main, exif, codes) };
}

type Sensor = {
  readonly gain: number;
  readonly neutral: readonly number[];
  readonly noise: number;
};

function mosaic(scene: Scene, { gain, neutral, noise }: Sensor): Uint16Array {
  const random = createRandom(5);
  const codes = new Uint16Array(scene.width * scene.height);
  for (let y = 0; y < scene.height; y++) {
    for (let x = 0; x < scene.width; x++) {
      const channel = PATTERN[(y % 2) * 2 + (x % 2)] as number;
      const light = scene.radiance[(y * scene.width + x) * 3 + channel] as number;
      const signal = BLACK + light * gain * (neutral[channel] as number) * (WHITE - BLACK);
      const spread = (random() + random() + random() - 1.5) * 2 * noise;
      codes[y * scene.width + x] = Math.round(Math.min(WHITE, Math.max(0, signal + spread)));
    }
  }
  return codes;
}

type Rational = readonly [over: number, under: number];
type Entry =
  | readonly [tag: number, type: 'byte' | 'short' | 'long', values: readonly number[]]
  | readonly [
      tag: number,
      type: 'rational' | 'signedRational',
      values: readonly (readonly number[])[],
    ]
  | readonly [tag: number, type: 'text', value: string];

const TYPES = { byte: 1, text: 2, short: 3, long: 4, rational: 5, signedRational: 10 } as const;
const STRIP_OFFSETS = 273;
const EXIF_POINTER = 34_665;

/** A little-endian TIFF: header, main directory, EXIF directory, values too long for them, codes. */
function layOut(main: readonly Entry[], exif: readonly Entry[], codes: Uint16Array): Uint8Array {
  const exifAt = 8 + directorySize(main);
  const valuesAt = exifAt + directorySize(exif);
  const long = [...main, ...exif].reduce((sum, entry) => sum + outside(valueBytes(entry)), 0);
  const codesAt = valuesAt + long;
  const out = Buffer.alloc(codesAt + codes.byteLength);
  out.write('II*\0', 'latin1');
  out.writeUInt32LE(8, 4);
  let free = valuesAt;
  for (const [at, entries] of [
    [8, main],
    [exifAt, exif],
  ] as const) {
    out.writeUInt16LE(entries.length, at);
    for (const [index, entry] of entries.entries()) {
      const place = at + 2 + index * 12;
      const bytes = valueBytes(entry);
      out.writeUInt16LE(entry[0], place);
      out.writeUInt16LE(TYPES[entry[1]], place + 2);
      out.writeUInt32LE(entry[1] === 'text' ? bytes.length : entry[2].length, place + 4);
      if (entry[0] === STRIP_OFFSETS) out.writeUInt32LE(codesAt, place + 8);
      else if (entry[0] === EXIF_POINTER) out.writeUInt32LE(exifAt, place + 8);
      else if (bytes.length <= 4) bytes.copy(out, place + 8);
      else {
        out.writeUInt32LE(free, place + 8);
        bytes.copy(out, free);
        free += outside(bytes);
      }
    }
  }
  Buffer.from(codes.buffer, codes.byteOffset, codes.byteLength).copy(out, codesAt);
  return out;
}

function directorySize(entries: readonly Entry[]): number {
  return 2 + entries.length * 12 + 4;
}

/** Room taken outside the directory, even as TIFF wants it. */
function outside(bytes: Buffer): number {
  return bytes.length <= 4 ? 0 : bytes.length + (bytes.length % 2);
}

function valueBytes(entry: Entry): Buffer {
  const [, type, values] = entry;
  switch (type) {
    case 'text':
      return Buffer.from(`${values}\0`, 'latin1');
    case 'byte':
      return Buffer.from(values);
    case 'short':
      return Buffer.from(Uint16Array.from(values).buffer);
    case 'long':
      return Buffer.from(Uint32Array.from(values).buffer);
    case 'rational':
      return Buffer.from(Uint32Array.from(values.flat()).buffer);
    case 'signedRational':
      return Buffer.from(Int32Array.from(values.flat()).buffer);
  }
}
