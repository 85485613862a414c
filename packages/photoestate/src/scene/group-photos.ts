import { groupFrames } from '@repo/engine';
import type { PhotoRow } from '../photo/table.ts';

/** Which frames belong together, by time and exposure as their EXIF says. */
export function groupPhotos(photos: readonly PhotoRow[]): string[][] {
  return groupFrames(photos.map((row) => row)).map((group) => group.map((f) => f.id));
}
