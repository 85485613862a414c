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
  return inverted(grown(inverted(mask), radius));
}

/** Every pixel within `radius` pixels (a square) of one that is set. */
export function grown(mask: Mask, radius: number): Mask {
  const { width, height } = mask;
  const rows = createMask(width, height);
  for (let y = 0; y < height; y++)
    spread(mask.data, rows.data, { from: y * width, step: 1, count: width, radius });
  const out = createMask(width, height);
  for (let x = 0; x < width; x++)
    spread(rows.data, out.data, { from: x, step: width, count: height, radius });
  return out;
}

type Line = {
  readonly from: number;
  readonly step: number;
  readonly count: number;
  readonly radius: number;
};

/** Sets what lies within `radius` of a set pixel along one line. */
function spread(data: Uint8Array, into: Uint8Array, { from, step, count, radius }: Line): void {
  let end = -1;
  for (let i = 0; i < Math.min(radius, count); i++)
    if (data[from + i * step] === 1) end = i + radius;
  for (let i = 0; i < count; i++) {
    const ahead = i + radius;
    if (ahead < count && data[from + ahead * step] === 1) end = ahead + radius;
    if (i <= end) into[from + i * step] = 1;
  }
}

function inverted({ width, height, data }: Mask): Mask {
  const out = createMask(width, height);
  for (let i = 0; i < data.length; i++) out.data[i] = data[i] === 1 ? 0 : 1;
  return out;
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
