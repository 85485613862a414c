import { createPlane, type Picture, type Plane } from '../pixels/picture.ts';

/** A picture reduced for measuring its colours; encoded values 0..1. */
export type SmallScene = {
  readonly width: number;
  readonly height: number;
  readonly red: Plane;
  readonly green: Plane;
  readonly blue: Plane;
  /** The largest channel value that went into each pixel: tells what touches clipped light. */
  readonly top: Plane;
};

/** Long side in pixels; with twice as many the estimated light hardly moves, with 300 it errs by a tenth more. */
const LONG_SIDE = 400;

/** Means over whole blocks; what is left over at the right and at the bottom is not looked at. */
export function smallScene(picture: Picture): SmallScene {
  const { width, height, data } = picture;
  const wanted = Math.ceil(Math.max(width, height) / LONG_SIDE);
  const factor = Math.max(1, Math.min(wanted, width, height));
  const [columns, rows] = [Math.floor(width / factor), Math.floor(height / factor)];
  const scene = {
    width: columns,
    height: rows,
    red: createPlane(columns, rows),
    green: createPlane(columns, rows),
    blue: createPlane(columns, rows),
    top: createPlane(columns, rows),
  };
  const share = 1 / (factor * factor * 65535);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      let r = 0;
      let g = 0;
      let b = 0;
      let top = 0;
      for (let dy = 0; dy < factor; dy++) {
        let at = ((y * factor + dy) * width + x * factor) * 3;
        for (let dx = 0; dx < factor; dx++, at += 3) {
          const red = data[at] as number;
          const green = data[at + 1] as number;
          const blue = data[at + 2] as number;
          r += red;
          g += green;
          b += blue;
          if (red > top) top = red;
          if (green > top) top = green;
          if (blue > top) top = blue;
        }
      }
      const i = y * columns + x;
      scene.red.data[i] = r * share;
      scene.green.data[i] = g * share;
      scene.blue.data[i] = b * share;
      scene.top.data[i] = top / 65535;
    }
  }
  return scene;
}
