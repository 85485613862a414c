const SEGMENT = { start: 0xd8, app0: 0xe0, app11: 0xeb, app15: 0xef } as const;

/** The longest that a segment can be, its length field included. */
const MAX_LENGTH = 65_535;
/** Length, "JP", instance and number of a piece; then the box's header again. */
const PIECE_HEAD = 2 + 2 + 2 + 4;
const BOX_HEAD = 8;

/** Behind the segments in which applications keep what they know of the picture. */
export function afterApplicationSegments(jpeg: Uint8Array): number {
  if (jpeg[0] !== 0xff || jpeg[1] !== SEGMENT.start) throw new TypeError('expected a JPEG');
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  let at = 2;
  while (at + 4 <= jpeg.length && jpeg[at] === 0xff) {
    const marker = jpeg[at + 1] ?? 0;
    if (marker < SEGMENT.app0 || marker > SEGMENT.app15) break;
    at += 2 + view.getUint16(at + 2);
  }
  return at;
}

/** A JUMBF box as APP11 segments (ISO 19566-5, annex D): in pieces, each with the box's header. */
export function jumbfSegments(box: Buffer): Buffer {
  const header = box.subarray(0, BOX_HEAD);
  const room = MAX_LENGTH - PIECE_HEAD - BOX_HEAD;
  const pieces: Buffer[] = [];
  for (let from = BOX_HEAD; from < box.length; from += room) {
    const content = box.subarray(from, from + room);
    const head = Buffer.alloc(2 + PIECE_HEAD);
    head[0] = 0xff;
    head[1] = SEGMENT.app11;
    head.writeUInt16BE(PIECE_HEAD + BOX_HEAD + content.length, 2);
    head.write('JP', 4, 'latin1');
    head.writeUInt16BE(1, 6);
    head.writeUInt32BE(pieces.length + 1, 8);
    pieces.push(Buffer.concat([head, header, content]));
  }
  return Buffer.concat(pieces);
}
