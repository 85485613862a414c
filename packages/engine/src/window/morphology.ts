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
  for (let y = 0; y < height; y++) {
    const from = y * width;
    let end = -1;
    for (let x = 0; x < Math.min(radius, width); x++)
      if (data[from + x] === value) end = x + radius;
    for (let x = 0; x < width; x++) {
      if (x + radius < width && data[from + x + radius] === value) end = x + 2 * radius;
      if (x <= end) rows[from + x] = value;
    }
  }
  const out = rows.slice();
  // The last row down to which each column is covered.
  const ends = new Int32Array(width).fill(-1);
  for (let y = -radius; y < height; y++) {
    const ahead = (y + radius) * width;
    const here = y * width;
    for (let x = 0; x < width; x++) {
      if (y + radius < height && rows[ahead + x] === value) ends[x] = y + 2 * radius;
      if (y >= 0 && y <= (ends[x] as number)) out[here + x] = value;
    }
  }
  return { width, height, data: out };
}

/** Numbers (from 1) of the connected parts of a mask (four neighbours), 0 outside. */
export function label(mask: Mask): { readonly labels: Int32Array; readonly count: number } {
  const { width, data } = mask;
  const labels = new Int32Array(data.length);
  const stack = new Int32Array(data.length);
  let count = 0;
  for (let start = 0; start < data.length; start++) {
    if (data[start] === 0 || labels[start] !== 0) continue;
    labels[start] = ++count;
    stack[0] = start;
    for (let depth = 1; depth > 0; ) {
      const at = stack[--depth] as number;
      const column = at % width;
      for (let side = 0; side < 4; side++) {
        if ((side === 0 && column === 0) || (side === 1 && column === width - 1)) continue;
        const next =
          side === 0 ? at - 1 : side === 1 ? at + 1 : side === 2 ? at - width : at + width;
        if (data[next] !== 1 || labels[next] !== 0) continue;
        labels[next] = count;
        stack[depth++] = next;
      }
    }
  }
  return { labels, count };
}
