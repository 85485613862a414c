/** Which square of a picture is shown: how far in, and its middle, as shares of the picture's sides. */
export interface Crop {
  /** 1 is the largest square that the picture has. */
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Beyond it pixels show. */
export const MAX_ZOOM = 5;

/** The largest square, from the middle. */
export const COVER: Crop = { zoom: 1, x: 0.5, y: 0.5 };

const between = (value: number, from: number, to: number) => Math.min(Math.max(value, from), to);

/** In pixels of the picture. */
export const sideOf = ({ zoom }: Crop, { width, height }: Size) => Math.min(width, height) / zoom;

/** The same as near as it can be with the square inside the picture. */
export function kept(crop: Crop, size: Size): Crop {
  const zoom = between(crop.zoom, 1, MAX_ZOOM);
  const half = sideOf({ ...crop, zoom }, size) / 2;
  const inside = (middle: number, length: number) =>
    between(middle, half / length, 1 - half / length);
  return { zoom, x: inside(crop.x, size.width), y: inside(crop.y, size.height) };
}

/** After the picture was pushed by so many shares of the square's side. */
export function pushed(crop: Crop, { x, y }: { x: number; y: number }, size: Size): Crop {
  const side = sideOf(crop, size);
  const moved = { x: crop.x - (x * side) / size.width, y: crop.y - (y * side) / size.height };
  return kept({ ...crop, ...moved }, size);
}

/** Where to draw the picture in a square frame, in per cent of the frame's side. */
export function placeOf(crop: Crop, size: Size) {
  const side = sideOf(crop, size);
  const [width, height] = [(size.width / side) * 100, (size.height / side) * 100];
  return { width, height, left: 50 - crop.x * width, top: 50 - crop.y * height };
}

/** What of the picture is seen, in its pixels. */
export function squareOf(crop: Crop, size: Size) {
  const side = sideOf(crop, size);
  return { left: crop.x * size.width - side / 2, top: crop.y * size.height - side / 2, side };
}
