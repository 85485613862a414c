import exifr from 'exifr';

/** Focal lengths on full frame that lenses have, in millimetres. */
const [SHORTEST, LONGEST] = [4, 2000];

const EXIF_PREFIX = 'Exif\0\0';

/**
 * The focal length as if the sensor were full frame, in millimetres (EXIF FocalLengthIn35mmFilm);
 * `null` where the camera does not say.
 */
export async function readFocalLength(exif: Uint8Array | null): Promise<number | null> {
  if (exif === null) return null;
  const prefixed = String.fromCharCode(...exif.subarray(0, 6)) === EXIF_PREFIX;
  try {
    const tags: unknown = await exifr.parse(prefixed ? exif.subarray(6) : exif, [
      'FocalLengthIn35mmFormat',
    ]);
    if (typeof tags !== 'object' || tags === null) return null;
    const value: unknown = Reflect.get(tags, 'FocalLengthIn35mmFormat');
    return typeof value === 'number' && value >= SHORTEST && value <= LONGEST ? value : null;
  } catch {
    return null;
  }
}
