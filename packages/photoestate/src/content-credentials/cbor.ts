/** What C2PA writes down: the part of CBOR (RFC 8949) that it needs. */
export type Cbor =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | readonly Cbor[]
  | ReadonlyMap<number | string, Cbor>
  | Tagged
  | { readonly [key: string]: Cbor };

export class Tagged {
  readonly tag: number;
  readonly value: Cbor;
  constructor(tag: number, value: Cbor) {
    this.tag = tag;
    this.value = value;
  }
}

const MAJOR = { positive: 0, negative: 1, bytes: 2, text: 3, array: 4, map: 5, tag: 6 } as const;

function head(major: number, count: number): Uint8Array {
  const first = major << 5;
  if (count < 24) return Uint8Array.of(first | count);
  if (count < 2 ** 8) return Uint8Array.of(first | 24, count);
  if (count < 2 ** 16) return Uint8Array.of(first | 25, count >> 8, count & 255);
  const long = new Uint8Array(5);
  long[0] = first | 26;
  new DataView(long.buffer).setUint32(1, count);
  return long;
}

function entries(value: Exclude<Cbor, null | boolean | number | string>) {
  return value instanceof Map ? [...value] : Object.entries(value as Record<string, Cbor>);
}

/** Whole numbers are all that there are; anything else is a mistake of ours. */
function whole(value: number): Uint8Array {
  if (!Number.isInteger(value) || Math.abs(value) >= 2 ** 32) {
    throw new TypeError(`expected a whole number of 32 bits, got ${value}`);
  }
  return value >= 0 ? head(MAJOR.positive, value) : head(MAJOR.negative, -1 - value);
}

export function encodeCbor(value: Cbor): Uint8Array {
  if (value === null) return Uint8Array.of(0xf6);
  if (typeof value === 'boolean') return Uint8Array.of(value ? 0xf5 : 0xf4);
  if (typeof value === 'number') return whole(value);
  if (typeof value === 'string') {
    const text = Buffer.from(value);
    return Buffer.concat([head(MAJOR.text, text.length), text]);
  }
  if (value instanceof Uint8Array) return Buffer.concat([head(MAJOR.bytes, value.length), value]);
  if (value instanceof Tagged) {
    return Buffer.concat([head(MAJOR.tag, value.tag), encodeCbor(value.value)]);
  }
  if (Array.isArray(value)) {
    return Buffer.concat([head(MAJOR.array, value.length), ...value.map(encodeCbor)]);
  }
  const pairs = entries(value);
  const encoded = pairs.flatMap(([key, item]) => [encodeCbor(key), encodeCbor(item)]);
  return Buffer.concat([head(MAJOR.map, pairs.length), ...encoded]);
}
