import sharp from 'sharp';

/** Interleaved codes of an encoded picture, without transparency. */
export async function pixelsOf(bytes: Uint8Array): Promise<Uint8Array> {
  return await sharp(bytes).removeAlpha().raw().toBuffer();
}
