import { type Crop, squareOf } from './crop.ts';

/** As much as is ever shown of a face, on a fine screen. */
const MOST = 512;
/** Larger ones are no pictures of people, and may be more than a phone can hold. */
const MAX_BYTES = 20_000_000;
/** Which browsers show. No SVG: it is a page of its own. */
export const PICTURE_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/gif'];

/** A picture that was chosen, as this browser has it. `close` lets go of it. */
export interface Chosen {
  readonly image: HTMLImageElement;
  readonly width: number;
  readonly height: number;
  close(): void;
}

/** @throws Error with a sentence to show, for what is no picture to this browser. */
export async function openPicture(file: File): Promise<Chosen> {
  if (!PICTURE_TYPES.includes(file.type))
    throw new Error('Expected a JPEG, PNG, WebP, AVIF or GIF; this file is none.');
  if (file.size > MAX_BYTES) throw new Error('Expected a picture of up to 20 MB.');
  const image = new Image();
  image.src = URL.createObjectURL(file);
  const close = () => URL.revokeObjectURL(image.src);
  try {
    await image.decode();
  } catch {
    close();
    throw new Error('This file cannot be shown as a picture; it may be damaged or incomplete.');
  }
  return { image, width: image.naturalWidth, height: image.naturalHeight, close };
}

/**
 * The square by itself, as a file of some kilobytes: what is beside it, and what a camera wrote into the picture,
 * never leaves this computer.
 */
export async function cutOut(chosen: Chosen, crop: Crop): Promise<File> {
  const { left, top, side } = squareOf(crop, chosen);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = Math.max(1, Math.min(MOST, Math.round(side)));
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser cannot cut pictures.');
  context.imageSmoothingQuality = 'high';
  context.drawImage(chosen.image, left, top, side, side, 0, 0, canvas.width, canvas.height);
  // Browsers that write no WebP make a PNG of it.
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/webp', 0.92));
  if (blob === null) throw new Error('This browser cannot cut pictures.');
  const { type } = blob;
  return new File([blob], `picture.${type === 'image/webp' ? 'webp' : 'png'}`, { type });
}
