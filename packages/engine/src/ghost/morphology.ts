export type Size = { readonly width: number; readonly height: number };

/** 1 where all within `radius` (a square) are 1; what lies outside the frame does not count. */
export function erode(marks: Uint8Array, size: Size, radius: number): Uint8Array {
  return spread(marks, size, { radius, mark: 0 });
}

/** 1 where one within `radius` (a square) is 1. */
export function dilate(marks: Uint8Array, size: Size, radius: number): Uint8Array {
  return spread(marks, size, { radius, mark: 1 });
}

type Spread = { readonly radius: number; readonly mark: 0 | 1 };

/** Lets one of both marks take over everything within reach, first along rows, then along columns. */
function spread(marks: Uint8Array, size: Size, by: Spread): Uint8Array {
  const rows = new Uint8Array(marks.length);
  spreadInRows(marks, size, { ...by, into: rows });
  const out = new Uint8Array(marks.length);
  spreadInColumns(rows, size, { ...by, into: out });
  return out;
}

type Pass = Spread & { readonly into: Uint8Array };

function spreadInRows(
  marks: Uint8Array,
  { width, height }: Size,
  { into, radius, mark }: Pass,
): void {
  const other = 1 - mark;
  for (let y = 0; y < height; y++) {
    const from = y * width;
    const end = from + width;
    // The last marked place that was come by.
    let last = from - radius - 1;
    for (let at = from; at < Math.min(end, from + radius); at++) if (marks[at] === mark) last = at;
    let at = from;
    for (; at < end - radius; at++) {
      if (marks[at + radius] === mark) last = at + radius;
      into[at] = last >= at - radius ? mark : other;
    }
    for (; at < end; at++) into[at] = last >= at - radius ? mark : other;
  }
}

function spreadInColumns(
  marks: Uint8Array,
  { width, height }: Size,
  { into, radius, mark }: Pass,
): void {
  const other = 1 - mark;
  // The last marked row that was come by.
  const last = new Int32Array(width).fill(-radius - 1);
  const note = (y: number): void => {
    for (let x = 0, at = y * width; x < width; x++, at++) if (marks[at] === mark) last[x] = y;
  };
  for (let y = 0; y < Math.min(radius, height); y++) note(y);
  for (let y = 0; y < height; y++) {
    if (y + radius < height) note(y + radius);
    for (let x = 0, at = y * width; x < width; x++, at++)
      into[at] = (last[x] as number) >= y - radius ? mark : other;
  }
}
