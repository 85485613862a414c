/** Marks of one byte per pixel, 0 or 1, row by row. */
type Marks = { readonly width: number; readonly data: Uint8Array };

/**
 * The least step from `least` (a whole number, 1 or more) on that shares no divisor with the length of a
 * row. Steps through pixels in reading order then come by every column as often; others see some of the
 * columns only, again and again, and take what repeats there for all that there is.
 */
export function evenStep(least: number, row: number): number {
  let step = least;
  while (row > 1 && divisorOf(step, row) > 1) step++;
  return step;
}

/** The greatest common divisor. */
function divisorOf(a: number, b: number): number {
  return b === 0 ? a : divisorOf(b, a % b);
}

/**
 * Indices of what is marked, or of at most `most` such pixels, in reading order and evenly chosen.
 * @param margin rows at the upper and lower edge that are left out
 */
export function markedPlaces({ width, data }: Marks, most: number, margin = 0): Int32Array {
  const [from, to] = [margin * width, data.length - margin * width];
  let [total, longest] = [0, 0];
  for (let start = from; start < to; start += width) {
    let row = 0;
    for (let i = start; i < start + width; i++) row += data[i] as number;
    if (row > longest) longest = row;
    total += row;
  }
  // Only what is marked is counted through, so it is the marks of a row that must not fit the step.
  const step = evenStep(Math.max(1, Math.ceil(total / most)), longest);
  const places = new Int32Array(Math.ceil(total / step));
  let count = 0;
  for (let i = from; i < to; i++)
    if (data[i] !== 0 && count++ % step === 0) places[(count - 1) / step] = i;
  return places;
}
