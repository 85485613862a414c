import type { Picture } from '../pixels/picture.ts';
import type { Rectangle } from '../plan/plan.ts';
import { blurBox } from './blur-box.ts';
import type { PrivacyPlan } from './plan-privacy.ts';

/** Blurs a small photo as `hidePrivate` does the full-size one. @returns a copy */
export function applyPrivacy(picture: Picture, plan: PrivacyPlan, scale: number): Picture {
  const { width, height } = picture;
  const data = picture.data.slice();
  for (const box of plan.boxes)
    for (let start = 0; start < 3; start++)
      blurBox({ data, start, step: 3, stride: width * 3, width, height }, reduced(box, scale));
  return { width, height, data };
}

/** A box in pixels that are `scale` times as large. */
export function reduced({ left, top, width, height }: Rectangle, scale: number): Rectangle {
  return { left: left / scale, top: top / scale, width: width / scale, height: height / scale };
}
