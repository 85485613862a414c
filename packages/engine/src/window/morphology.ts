/** Yes-no maps of one byte per pixel, row by row. */
export type Mask = {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
};

export function createMask(width: number, height: number): Mask {
  return { width, height, data: new Uint8Array(width * height) };
}

/** What is left of a mask when every part narrower than `2 * radius + 1` pixels is gone. */
export function opened(mask: Mask, radius: number): Mask {
  return grown(shrunk(mask, radius), radius);
}

/** Every pixel with nothing but set pixels within `radius` (a square) around it. */
export function shrunk(mask: Mask, radius: number): Mask {
  return spread(mask, radius, 0);
}

/** Every pixel within `radius` pixels (a square) of one that is set. */
export function grown(mask: Mask, radius: number): Mask {
  return spread(mask, radius, 1);
}

/** Lays `value` over everything within `radius` of it. */
function spread({ width, height, data }: Mask, radius: number, value: 0 | 1): Mask {
  const rows = data.slice();
  for (let from = 0; from < data.length; from += width) {
    const part = [from, from + width] as const;
    spreadAlong(data.subarray(...part), rows.subarray(...part), { radius, value });
  }
  const out = rows.slice();
  // The last row down to which each column is covered.
  const ends = new Int32Array(width).fill(-1);
  for (let y = -radius; y < height; y++) {
    const ahead = (y + radius) * width;
    if (y + radius < height)
      noteRow(rows.subarray(ahead, ahead + width), ends, { end: y + 2 * radius, value });
    if (y >= 0) coverRow(out.subarray(y * width, (y + 1) * width), ends, { y, value });
  }
  return { width, height, data: out };
}

type Spreading = { readonly radius: number; readonly value: 0 | 1 };

function spreadAlong(row: Uint8Array, into: Uint8Array, { radius, value }: Spreading): void {
  const width = row.length;
  let end = -1;
  for (let x = 0; x < radius && x < width; x++) if (row[x] === value) end = x + radius;
  for (let x = 0; x < width; x++) {
    if (x + radius < width && row[x + radius] === value) end = x + 2 * radius;
    if (x <= end) into[x] = value;
  }
}

type Noted = { readonly end: number; readonly value: 0 | 1 };

function noteRow(row: Uint8Array, ends: Int32Array, { end, value }: Noted): void {
  for (let x = 0; x < row.length; x++) if (row[x] === value) ends[x] = end;
}

type Covered = { readonly y: number; readonly value: 0 | 1 };

function coverRow(row: Uint8Array, ends: Int32Array, { y, value }: Covered): void {
  for (let x = 0; x < row.length; x++) if (y <= (ends[x] as number)) row[x] = value;
}

/** Numbers (from 1, in reading order) of the connected parts of a mask (four neighbours), 0 outside. */
export function label({ width, height, data }: Mask): {
  readonly labels: Int32Array;
  readonly count: number;
} {
  const labels = new Int32Array(data.length);
  // Runs get numbers at first; each knows a smaller number that it turned out to be connected with.
  const smaller = [0];
  for (let y = 0; y < height; y++) labelRuns({ data, labels, smaller }, y * width, width);
  let count = 0;
  const numbers = new Int32Array(smaller.length);
  for (let run = 1; run < numbers.length; run++) {
    const root = smaller[run] as number;
    numbers[run] = root === run ? ++count : (numbers[root] as number);
  }
  for (let i = 0; i < labels.length; i++) labels[i] = numbers[labels[i] as number] as number;
  return { labels, count };
}

type Runs = {
  readonly data: Uint8Array;
  readonly labels: Int32Array;
  readonly smaller: number[];
};

function labelRuns({ data, labels, smaller }: Runs, from: number, width: number): void {
  const end = from + width;
  for (let at = from; at < end; at++) {
    if (data[at] === 0) continue;
    const start = at;
    let [root, last] = [0, 0];
    for (; at < end && data[at] !== 0; at++) {
      const above = at >= width ? (labels[at - width] as number) : 0;
      if (above === 0 || above === last) continue;
      last = above;
      root = root === 0 ? rootOf(smaller, above) : joined(smaller, root, rootOf(smaller, above));
    }
    if (root === 0) {
      root = smaller.length;
      smaller.push(root);
    }
    labels.fill(root, start, at);
  }
}

function rootOf(smaller: number[], number: number): number {
  let root = number;
  while (smaller[root] !== root) root = smaller[root] as number;
  smaller[number] = root;
  return root;
}

function joined(smaller: number[], a: number, b: number): number {
  const [root, other] = a < b ? [a, b] : [b, a];
  smaller[other] = root;
  return root;
}
