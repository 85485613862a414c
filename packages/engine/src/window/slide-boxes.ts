/** Several planes of one size whose means over squares are wanted together. */
export type Boxes = {
  readonly width: number;
  readonly height: number;
  /** The squares are 2 radius + 1 wide, cut at the borders. */
  readonly radius: number;
  /** Number of planes. Rows of theirs lie one behind the other in what the functions below get. */
  readonly planes: number;
  /** Adds `sign` times each plane's row `y` to `sums`. Called twice for every row. */
  readonly addRow: (y: number, sums: Float64Array, sign: 1 | -1) => void;
  /** Takes each plane's means around the pixels of row `y`. */
  readonly takeRow: (y: number, means: Float64Array) => void;
};

/**
 * Means over squares around every pixel, by sums that slide down and along. No plane is ever stored:
 * products of two planes are summed as they are made.
 */
export function slideBoxes({ width, height, radius, planes, addRow, takeRow }: Boxes): void {
  const sums = new Float64Array(planes * width);
  const means = new Float64Array(planes * width);
  for (let y = 0; y < Math.min(radius, height); y++) addRow(y, sums, 1);
  for (let y = 0; y < height; y++) {
    if (y + radius < height) addRow(y + radius, sums, 1);
    if (y - radius > 0) addRow(y - radius - 1, sums, -1);
    const rows = Math.min(height - 1, y + radius) - Math.max(0, y - radius) + 1;
    for (let plane = 0; plane < planes; plane++) {
      const part = [plane * width, (plane + 1) * width] as const;
      slideAlong(sums.subarray(...part), means.subarray(...part), { radius, rows });
    }
    takeRow(y, means);
  }
}

function slideAlong(
  sums: Float64Array,
  means: Float64Array,
  { radius, rows }: { readonly radius: number; readonly rows: number },
): void {
  const width = sums.length;
  let sum = 0;
  for (let x = 0; x < Math.min(radius, width); x++) sum += sums[x] as number;
  const whole = 1 / (rows * (2 * radius + 1));
  for (let x = 0; x < width; x++) {
    if (x + radius < width) sum += sums[x + radius] as number;
    if (x > radius) sum -= sums[x - radius - 1] as number;
    const isWhole = x >= radius && x + radius < width;
    const columns = isWhole ? 0 : Math.min(width - 1, x + radius) - Math.max(0, x - radius) + 1;
    means[x] = isWhole ? sum * whole : sum / (rows * columns);
  }
}
