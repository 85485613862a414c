/** Nodes across and down, and values per node, which lie together. */
export type NodeSize = { readonly columns: number; readonly rows: number; readonly depth: number };

/**
 * Smooths values of a grid across and down in place: `passes` times [1 2 1] / 4 with repeated edges, a
 * Gaussian of variance passes / 2 in cells.
 */
export function smoothNodes(values: Float32Array, size: NodeSize, passes: number): void {
  const { columns, rows, depth } = size;
  const row = columns * depth;
  for (let j = 0; j < rows; j++)
    for (let pass = 0; pass < passes; pass++)
      smoothLine(values, { from: j * row, step: depth, steps: columns, together: depth });
  for (let pass = 0; pass < passes; pass++)
    smoothLine(values, { from: 0, step: row, steps: rows, together: row });
}

/**
 * Spreads values across and down in place, over far more cells than `smoothNodes` could at the price:
 * an exponential fall-off, forwards and backwards, twice. Values fade towards the borders, so they are
 * to be divided by weights that were spread as well.
 * @param reach standard deviation in cells
 */
export function spreadNodes(values: Float32Array, size: NodeSize, reach: number): void {
  const { columns, rows, depth } = size;
  const row = columns * depth;
  // The variance of both rounds together is 4 a / (1 - a) ** 2.
  const variance = reach * reach;
  const keep = 1 + 2 / variance - Math.sqrt((1 + 2 / variance) ** 2 - 1);
  for (let round = 0; round < 2; round++) {
    for (let j = 0; j < rows; j++)
      spreadLine(values, { from: j * row, step: depth, steps: columns, together: depth }, keep);
    spreadLine(values, { from: 0, step: row, steps: rows, together: row }, keep);
  }
}

/** Smooths along the values of each node, as `smoothNodes` does between them. */
export function smoothLevels(values: Float32Array, depth: number, passes: number): void {
  for (let from = 0; from < values.length; from += depth)
    for (let pass = 0; pass < passes; pass++)
      smoothLine(values, { from, step: 1, steps: depth, together: 1 });
}

type Line = {
  readonly from: number;
  /** From one place of the line to the next. */
  readonly step: number;
  readonly steps: number;
  /** Values at each place; each is smoothed with its own kind. */
  readonly together: number;
};

function smoothLine(values: Float32Array, { from, step, steps, together }: Line): void {
  for (let k = from; k < from + together; k++) {
    let before = values[k] as number;
    let here = before;
    for (let i = 0, at = k; i < steps; i++, at += step) {
      const after = i + 1 < steps ? (values[at + step] as number) : here;
      values[at] = 0.25 * (before + after) + 0.5 * here;
      before = here;
      here = after;
    }
  }
}

function spreadLine(values: Float32Array, line: Line, keep: number): void {
  const { from, step, steps, together } = line;
  const end = from + step * (steps - 1);
  const mix = (into: number, before: number): void => {
    for (let k = 0; k < together; k++)
      values[into + k] =
        (1 - keep) * (values[into + k] as number) + keep * (values[before + k] as number);
  };
  for (let at = from + step; at <= end; at += step) mix(at, at - step);
  for (let at = end - step; at >= from; at -= step) mix(at, at + step);
}
