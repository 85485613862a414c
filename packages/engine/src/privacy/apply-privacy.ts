import type { Picture } from '../pixels/picture.ts';
import type { Rectangle } from '../plan/plan.ts';
import { blurInParts } from './blur-box.ts';
import type { PrivacyPlan } from './plan-privacy.ts';

/**
 * Blurs a small photo as `hidePrivate` does the full-size one.
 * @param scale pixels of the plan for each of the picture's
 * @param pause lets others have their turn, every few milliseconds
 * @returns a copy
 */
export async function applyPrivacy(
  picture: Picture,
  { boxes }: PrivacyPlan,
  { scale, pause }: { readonly scale: number; readonly pause: () => Promise<void> },
): Promise<Picture> {
  const { width, height } = picture;
  const data = picture.data.slice();
  for (const box of boxes)
    for (let start = 0; start < 3; start++) {
      const samples = { data, start, step: 3, stride: width * 3, width, height };
      for (const _ of blurInParts(samples, reduced(box, scale))) await pause();
    }
  return { width, height, data };
}

/** A box in pixels that are `scale` times as large. */
export function reduced({ left, top, width, height }: Rectangle, scale: number): Rectangle {
  return { left: left / scale, top: top / scale, width: width / scale, height: height / scale };
}
