import exifr from 'exifr';
import { exifStructure } from './read-exif.ts';

/** "Uncalibrated": neither sRGB nor anything else that EXIF has a number for. */
const UNCALIBRATED = 65_535;
/** DCF 2.0: the file is in the optional space, Adobe RGB. */
const OPTIONAL_SPACE = 'R03';

/**
 * True when a camera says that its picture is in Adobe RGB. Some cameras, Canon's among them, say so in
 * EXIF alone and embed no profile.
 */
export async function isAdobeRgb(exif: Uint8Array | null): Promise<boolean> {
  if (exif === null) return false;
  try {
    const tags: unknown = await exifr.parse(exifStructure(exif), {
      tiff: true,
      exif: true,
      interop: true,
      pick: ['ColorSpace', 'InteropIndex'],
      reviveValues: false,
      translateValues: false,
    });
    if (typeof tags !== 'object' || tags === null) return false;
    const { ColorSpace: space, InteropIndex: index } = tags as Record<string, unknown>;
    return space === UNCALIBRATED && String(index).startsWith(OPTIONAL_SPACE);
  } catch {
    return false;
  }
}
