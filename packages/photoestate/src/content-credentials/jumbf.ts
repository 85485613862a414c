/** JUMBF (ISO 19566-5): boxes with a length and a type, some of which hold boxes. */

/** What a box of boxes is, by C2PA: four letters and the end that all such names share. */
export type BoxKind = 'c2pa' | 'c2ma' | 'c2as' | 'c2cl' | 'c2cs' | 'cbor';

const REST_OF_NAME = Buffer.from('00110010800000aa00389b71', 'hex');

/** Can be asked for, and has a label. */
const TOGGLES = 0x03;

export function box(type: string, content: Uint8Array): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(8 + content.length);
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, content]);
}

/** A box with a description of itself and what it holds. */
export function superbox(
  { kind, label }: { kind: BoxKind; label: string },
  contents: readonly Uint8Array[],
): Buffer {
  const description = box(
    'jumd',
    Buffer.concat([
      Buffer.from(kind, 'latin1'),
      REST_OF_NAME,
      Buffer.of(TOGGLES),
      Buffer.from(`${label}\0`),
    ]),
  );
  return box('jumb', Buffer.concat([description, ...contents]));
}

/** What a hash of a box of boxes is taken over: all but its own length and type. */
export function hashedPart(of: Buffer): Buffer {
  return of.subarray(8);
}
