import { inflateSync } from 'node:zlib';

/** Types of elements in MATLAB's level 5 MAT-file format. */
const MATRIX = 14;
const COMPRESSED = 15;

const HEADER_BYTES = 128;

/**
 * Matrices of doubles by name, column after column, from a MAT-file ("MAT-File Format", MathWorks,
 * level 5, little endian). Everything else in it is passed over.
 */
export function readMatFile(file: Buffer): Map<string, number[]> {
  return readElements(file.subarray(HEADER_BYTES));
}

function readElements(bytes: Buffer): Map<string, number[]> {
  const matrices = new Map<string, number[]>();
  for (let at = 0; at + 8 <= bytes.length; ) {
    const { type, data, next } = readElement(bytes, at);
    if (type === COMPRESSED)
      for (const [name, values] of readElements(inflateSync(data))) matrices.set(name, values);
    if (type === MATRIX) {
      const flags = readElement(data, 0);
      const dimensions = readElement(data, flags.next);
      const name = readElement(data, dimensions.next);
      const values = readElement(data, name.next).data;
      matrices.set(
        name.data.toString('latin1'),
        Array.from({ length: values.length / 8 }, (_, i) => values.readDoubleLE(i * 8)),
      );
    }
    at = next;
  }
  return matrices;
}

type Element = { readonly type: number; readonly data: Buffer; readonly next: number };

function readElement(bytes: Buffer, at: number): Element {
  const type = bytes.readUInt32LE(at);
  const small = type >>> 16;
  // Up to four bytes of data stand in the tag itself.
  if (small !== 0)
    return { type: type & 0xffff, data: bytes.subarray(at + 4, at + 4 + small), next: at + 8 };
  const length = bytes.readUInt32LE(at + 4);
  const data = bytes.subarray(at + 8, at + 8 + length);
  const padded = type === COMPRESSED ? length : Math.ceil(length / 8) * 8;
  return { type, data, next: at + 8 + padded };
}
