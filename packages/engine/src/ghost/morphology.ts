export type Size = { readonly width: number; readonly height: number };

/** 1 where all within `radius` (a square) are 1; what lies outside the frame does not count. */
export function erode(marks: Uint8Array, size: Size, radius: number): Uint8Array {
  return countAround(marks, size, { radius, all: true });
}

/** 1 where one within `radius` (a square) is 1. */
export function dilate(marks: Uint8Array, size: Size, radius: number): Uint8Array {
  return countAround(marks, size, { radius, all: false });
}

type Window = { readonly radius: number; readonly all: boolean };

/** Sliding counts, first along rows, then along columns of those. */
function countAround(marks: Uint8Array, size: Size, window: Window): Uint8Array {
  const rows = new Uint8Array(marks.length);
  countInRows(marks, size, { ...window, into: rows });
  const out = new Uint8Array(marks.length);
  countInColumns(rows, size, { ...window, into: out });
  return out;
}

type Pass = Window & { readonly into: Uint8Array };

function countInRows(
  marks: Uint8Array,
  { width, height }: Size,
  { into, radius, all }: Pass,
): void {
  for (let y = 0; y < height; y++) {
    const from = y * width;
    let sum = 0;
    for (let x = 0; x < Math.min(radius, width); x++) sum += marks[from + x] as number;
    for (let x = 0; x < width; x++) {
      if (x + radius < width) sum += marks[from + x + radius] as number;
      if (x > radius) sum -= marks[from + x - radius - 1] as number;
      const needed = all ? Math.min(width - 1, x + radius) - Math.max(0, x - radius) + 1 : 1;
      into[from + x] = sum >= needed ? 1 : 0;
    }
  }
}

function countInColumns(
  marks: Uint8Array,
  { width, height }: Size,
  { into, radius, all }: Pass,
): void {
  const sums = new Int32Array(width);
  const add = (y: number, sign: number): void => {
    for (let x = 0, at = y * width; x < width; x++, at++)
      sums[x] = (sums[x] as number) + sign * (marks[at] as number);
  };
  for (let y = 0; y < Math.min(radius, height); y++) add(y, 1);
  for (let y = 0; y < height; y++) {
    if (y + radius < height) add(y + radius, 1);
    if (y > radius) add(y - radius - 1, -1);
    const needed = all ? Math.min(height - 1, y + radius) - Math.max(0, y - radius) + 1 : 1;
    for (let x = 0, at = y * width; x < width; x++, at++)
      into[at] = (sums[x] as number) >= needed ? 1 : 0;
  }
}
