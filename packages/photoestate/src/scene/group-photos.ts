import { groupFrames } from '@repo/engine';
import type { PhotoRow } from '../photo/table.ts';

/** Which frames belong together, by what their EXIF says of time and exposure. */
export function groupPhotos(photos: readonly PhotoRow[]): string[][] {
  const { scenes } = groupFrames(
    photos.map((row) => ({
      id: row.id,
      takenAt: row.takenAt?.toISOString() ?? null,
      ev: row.ev,
      exposureBias: row.exposureBias,
      exposureTime: row.exposureTime,
      exposureMode: row.exposureMode,
      width: row.width ?? 0,
      height: row.height ?? 0,
      camera: row.camera,
    })),
  );
  return scenes;
}
