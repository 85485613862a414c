import { readBoxes } from './media-boxes.ts';

/** Transfer characteristics of ITU-T H.273: PQ and HLG. */
const HDR_TRANSFERS: readonly number[] = [16, 18];

/** Bytes of a full box before its content: version and flags. */
const FULL_BOX = 4;

/**
 * True when every colour description of a HEIF or AVIF file (`colr`, ISO 23008-12) is that of a screen
 * with high dynamic range. Phones put a plain picture with a profile beside such descriptions.
 */
export function isHighDynamicRange(bytes: Uint8Array): boolean {
  const inside = (boxes: ReturnType<typeof readBoxes>, type: string) =>
    boxes.filter((box) => box.type === type);
  const descriptions = inside(readBoxes(bytes, 0, bytes.length), 'meta')
    .flatMap((meta) => inside(readBoxes(bytes, meta.start + FULL_BOX, meta.end), 'iprp'))
    .flatMap((iprp) => inside(readBoxes(bytes, iprp.start, iprp.end), 'ipco'))
    .flatMap((ipco) => inside(readBoxes(bytes, ipco.start, ipco.end), 'colr'))
    .map((colr) => bytes.subarray(colr.start, colr.end));
  return descriptions.length > 0 && descriptions.every(isHdrDescription);
}

/** `nclx`, then two bytes each for primaries, transfer and matrix. */
function isHdrDescription(colr: Uint8Array): boolean {
  const isCodes = String.fromCharCode(...colr.subarray(0, 4)) === 'nclx';
  const transfer = ((colr[6] ?? 0) << 8) | (colr[7] ?? 0);
  return isCodes && HDR_TRANSFERS.includes(transfer);
}
