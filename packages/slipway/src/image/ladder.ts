import { MAX_SIDE, type Transform } from './transform.ts';

/** The longer sides that a URL without a signature can get, in pixels. */
export const LADDER = [
  16, 32, 48, 64, 96, 128, 192, 256, 320, 384, 480, 640, 768, 960, 1280, 1600, 1920, 2560, 3200,
  4096,
] as const;

/**
 * The nearest wish that anybody may have: the longer side goes up to the next step and the other one
 * with it, the quality goes to the nearest ten from 30 to 90. Without that, whoever counts up `w`
 * keeps us computing and fills the storage.
 */
export function snapToLadder(transform: Transform): Transform {
  const { width, height, quality } = transform;
  const longer = Math.max(width ?? 0, height ?? 0);
  const scale = (LADDER.find((step) => step >= longer) ?? MAX_SIDE) / longer;
  const pixels = (side: number | null) =>
    side === null ? null : Math.max(1, Math.round(side * scale));
  return {
    ...transform,
    width: pixels(width),
    height: pixels(height),
    quality: quality === null ? null : Math.min(90, Math.max(30, Math.round(quality / 10) * 10)),
  };
}
