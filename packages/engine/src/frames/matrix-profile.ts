/** Red, green and blue primaries in XYZ, adapted to D50. */
type Primaries = readonly (readonly [x: number, y: number, z: number])[];

/** Adobe RGB (1998), from its specification by way of the Bradford matrix. */
export const ADOBE_RGB: ProfileOptions = {
  primaries: [
    [0.60974, 0.31111, 0.01947],
    [0.20528, 0.62567, 0.06087],
    [0.14919, 0.06322, 0.74457],
  ],
  gamma: 563 / 256,
};

export type ProfileOptions = {
  readonly primaries: Primaries;
  /** Plain power curve. */
  readonly gamma: number;
  /** Colour space in the header; default `RGB `. */
  readonly space?: string;
};

const HEADER_BYTES = 128;
const D50 = [0.9642, 1, 0.82491] as const;

/** A small ICC v2 display profile: three primaries and one curve. */
export function makeProfile({ primaries, gamma, space = 'RGB ' }: ProfileOptions): Uint8Array {
  const curve = Buffer.alloc(16);
  curve.write('curv', 'latin1');
  curve.writeUInt32BE(1, 8);
  curve.writeUInt16BE(Math.round(gamma * 256), 12);
  const tags: [string, Buffer][] = [
    ['desc', description('Matrix profile')],
    ['cprt', plainText('No copyright')],
    ['wtpt', xyz(D50)],
    ...(['rXYZ', 'gXYZ', 'bXYZ'] as const).map((name, index): [string, Buffer] => [
      name,
      xyz(primaries[index] ?? [0, 0, 0]),
    ]),
    ...(['rTRC', 'gTRC', 'bTRC'] as const).map((name): [string, Buffer] => [name, curve]),
  ];
  const table = Buffer.alloc(4 + tags.length * 12);
  table.writeUInt32BE(tags.length);
  let at = HEADER_BYTES + table.length;
  for (const [index, [name, data]] of tags.entries()) {
    table.write(name, 4 + index * 12, 'latin1');
    table.writeUInt32BE(at, 8 + index * 12);
    table.writeUInt32BE(data.length, 12 + index * 12);
    at += data.length;
  }
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32BE(at);
  header.writeUInt32BE(0x02_10_00_00, 8);
  header.write(`mntr${space}XYZ `, 12, 'latin1');
  header.write('acsp', 36, 'latin1');
  for (const [axis, value] of D50.entries()) header.writeInt32BE(fixed(value), 68 + axis * 4);
  return Buffer.concat([header, table, ...tags.map(([, data]) => data)]);
}

function fixed(value: number): number {
  return Math.round(value * 65_536);
}

function xyz(values: readonly number[]): Buffer {
  const tag = Buffer.alloc(20);
  tag.write('XYZ ', 'latin1');
  for (const [axis, value] of values.entries()) tag.writeInt32BE(fixed(value), 8 + axis * 4);
  return tag;
}

function plainText(text: string): Buffer {
  return Buffer.from(`text\0\0\0\0${text}\0`.padEnd(16, '\0'), 'latin1');
}

function description(text: string): Buffer {
  const tag = Buffer.alloc(90 + text.length + 1);
  tag.write('desc', 'latin1');
  tag.writeUInt32BE(text.length + 1, 8);
  tag.write(text, 12, 'latin1');
  return tag;
}
