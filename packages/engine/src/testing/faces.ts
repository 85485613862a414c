import { createPicture, type Picture } from '../pixels/picture.ts';

type Rgb = readonly [red: number, green: number, blue: number];

/** A drawn face: its middle between the eyes and the chin, and half its height, in pixels. */
export type DrawnFace = { readonly x: number; readonly y: number; readonly size: number };

/** One stroke of the brush: an ellipse with a soft edge. Across and down in halves of a face's height. */
type Stroke = {
  readonly color: Rgb;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly soft: number;
  readonly cover: number;
};

const stroke = (color: Rgb, place: readonly number[], look: readonly number[]): Stroke => {
  const [x = 0, y = 0, width = 0, height = 0] = place;
  const [soft = 0.1, cover = 1] = look;
  return { color, x, y, width, height, soft, cover };
};

/** Twice: left and right of the nose. */
const both = (color: Rgb, [x = 0, ...place]: readonly number[], look: readonly number[]) => [
  stroke(color, [x, ...place], look),
  stroke(color, [-x, ...place], look),
];

const HAIR: Rgb = [0.16, 0.11, 0.08];
const SKIN: Rgb = [0.86, 0.66, 0.54];
const SHADOW: Rgb = [0.6, 0.43, 0.36];

/** Painted in this order. */
const FACE: readonly Stroke[] = [
  stroke([0.62, 0.46, 0.37], [0, 0.95, 0.36, 0.6], [0.05, 1]),
  stroke(HAIR, [0, -0.28, 0.92, 0.98], [0.03, 1]),
  stroke(SKIN, [0, 0.16, 0.74, 0.88], [0.03, 1]),
  ...both(SHADOW, [0.31, -0.1, 0.24, 0.17], [0.25, 0.55]),
  ...both([0.95, 0.93, 0.9], [0.31, -0.1, 0.14, 0.065], [0.08, 1]),
  ...both([0.12, 0.07, 0.05], [0.31, -0.1, 0.062, 0.062], [0.08, 1]),
  ...both([0.15, 0.09, 0.06], [0.31, -0.165, 0.16, 0.025], [0.2, 0.9]),
  ...both([0.2, 0.13, 0.09], [0.32, -0.3, 0.2, 0.035], [0.15, 0.85]),
  stroke([0.55, 0.37, 0.3], [0.07, 0.12, 0.05, 0.24], [0.3, 0.5]),
  stroke([0.97, 0.8, 0.7], [-0.02, 0.15, 0.05, 0.25], [0.3, 0.5]),
  ...both([0.35, 0.2, 0.16], [0.075, 0.335, 0.045, 0.025], [0.2, 0.8]),
  stroke([0.62, 0.25, 0.24], [0, 0.58, 0.24, 0.07], [0.12, 0.9]),
  stroke([0.3, 0.1, 0.1], [0, 0.575, 0.22, 0.014], [0.2, 0.8]),
  stroke(SHADOW, [0, 0.72, 0.16, 0.04], [0.3, 0.4]),
];

/** Draws a face that people and BlazeFace take for one, over a picture. */
export function drawFace(picture: Picture, { x, y, size }: DrawnFace): void {
  const { width, height, data } = picture;
  const [left, right] = [Math.max(0, x - 1.1 * size), Math.min(width, x + 1.1 * size)];
  const [top, bottom] = [Math.max(0, y - 1.4 * size), Math.min(height, y + 1.7 * size)];
  for (let row = Math.floor(top); row < bottom; row++) {
    for (let column = Math.floor(left); column < right; column++) {
      const [u, v] = [(column + 0.5 - x) / size, (row + 0.5 - y) / size];
      for (const { color, soft, cover, ...ellipse } of FACE) {
        const away = Math.hypot((u - ellipse.x) / ellipse.width, (v - ellipse.y) / ellipse.height);
        const share = cover / (1 + Math.exp((away - 1) / soft));
        if (share < 0.002) continue;
        for (let c = 0; c < 3; c++) {
          const at = (row * width + column) * 3 + c;
          const before = data[at] as number;
          data[at] = Math.round(before + ((color[c] as number) * 65535 - before) * share);
        }
      }
    }
  }
}

/** A pale wall with a wooden floor, and faces before it. */
export function drawPeople(
  size: { readonly width: number; readonly height: number },
  faces: readonly DrawnFace[],
): Picture {
  const picture = createPicture(size.width, size.height);
  for (let i = 0; i < picture.data.length; i += 3) {
    const floor = i > picture.data.length * 0.75;
    const color: Rgb = floor ? [0.45, 0.3, 0.2] : [0.76, 0.75, 0.72];
    for (let c = 0; c < 3; c++) picture.data[i + c] = Math.round((color[c] as number) * 65535);
  }
  for (const face of faces) drawFace(picture, face);
  return picture;
}
