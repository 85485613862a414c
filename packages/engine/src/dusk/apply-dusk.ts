import { createEnlarger } from '../pixels/enlarge.ts';
import { createPicture, type Picture, type Plane } from '../pixels/picture.ts';
import { duskColor } from './dusk-color.ts';

/** Holds at any size. */
export type DuskPlan = {
  /** How much the photo as a whole shows the open sky's light, 0..1. */
  readonly open: number;
  /** Where (0..1) windows show what is under it, laid over the whole photo; `null`: nowhere. */
  readonly views: Plane | null;
  readonly strength: number;
};

/** Carries a plan out on a picture of any size; the result is a new one. */
export function applyDusk(picture: Picture, { open, views, strength }: DuskPlan): Picture {
  const { width, height, data } = picture;
  const out = createPicture(width, height);
  const shares = new Float32Array(width);
  const readShares = views === null ? null : createEnlarger(views, width, height);
  for (let y = 0, at = 0; y < height; y++) {
    readShares?.(y, shares);
    for (let x = 0; x < width; x++, at += 3) {
      const color = [0, 1, 2].map((c) => (data[at + c] as number) / 65_535);
      const [red = 0, green = 0, blue = 0] = color;
      const here = duskColor([red, green, blue], { open, strength });
      const share = shares[x] as number;
      const there = share > 0 ? duskColor([red, green, blue], { open: 1, strength }) : here;
      for (const [c, value] of here.entries())
        out.data[at + c] = (value + share * ((there[c] as number) - value)) * 65_535 + 0.5;
    }
  }
  return out;
}
