import { slipwayError } from '../errors.ts';
import type { Capabilities } from '../storage/capabilities.ts';

const MIB = 1024 ** 2;
const SMALLEST_PART = 8 * MIB;
/** A part is gathered in memory before it goes to the storage. */
const LARGEST_PART = 64 * MIB;

/** The most bytes that an upload in parts can have, where they come through us. */
export const mostBytesInParts = ({ multipart, maxParts }: Capabilities) =>
  multipart ? maxParts * LARGEST_PART : SMALLEST_PART;

/**
 * Bytes of every part but the last, of an upload that may become `most` bytes long.
 *
 * @throws `file_too_large`.
 */
export function tusPartSize(most: number, can: Capabilities): number {
  const limit = mostBytesInParts(can);
  if (most > limit) {
    throw slipwayError(
      'file_too_large',
      `The storage takes up to ${limit} bytes by tus; this file has ${most}. Ask for an upload with "multipart": true.`,
      { details: { rule: 'maxUploadBytes', expected: limit, received: most } },
    );
  }
  const needed = Math.ceil(most / can.maxParts / MIB) * MIB;
  return Math.max(SMALLEST_PART, can.minPartSize, needed);
}
