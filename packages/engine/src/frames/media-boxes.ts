/** A box of an ISO media file (ISO 14496-12): type and where its content lies. */
export type MediaBox = {
  readonly type: string;
  readonly start: number;
  /** First byte after the box; beyond the end of the file when that is cut off. */
  readonly end: number;
};

const MAX_BOXES = 1000;

/** The boxes in a stretch of a file, one after the other, as far as their sizes make sense. */
export function readBoxes(bytes: Uint8Array, from: number, to: number): MediaBox[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const last = Math.min(to, bytes.length);
  const boxes: MediaBox[] = [];
  let at = from;
  while (at + 8 <= last && boxes.length < MAX_BOXES) {
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    let [size, head] = [view.getUint32(at), 8];
    if (size === 1 && at + 16 <= last) {
      size = view.getUint32(at + 8) * 2 ** 32 + view.getUint32(at + 12);
      head = 16;
    }
    // Size 0 means "to the end of the file".
    const end = size === 0 ? last : at + size;
    if (end < at + head) break;
    boxes.push({ type, start: at + head, end });
    at = end;
  }
  return boxes;
}
