import { type Picture, readLumaRow } from './picture.ts';

export type UnsharpSettings = {
  readonly amount: number;
  /** Gaussian sigma in pixels. */
  readonly sigma: number;
  /** How far (0..1) a pixel may leave the range of its 3 x 3 neighbours. */
  readonly haloCap: number;
};

/** Luma differences (0..1) of this size are as likely noise as detail and get half the effect. */
const CORING = 0.006;

/** Share of the room up to full scale that brightening may take: crisping an edge clips no channel. */
const HEADROOM = 0.5;

/**
 * Unsharp mask on luma, in place. Returns a function for one row; rows must be done in order, each
 * once, because the luma of rows still needed is kept in a ring while the picture changes.
 */
export function createSharpener(picture: Picture, settings: UnsharpSettings): (y: number) => void {
  const { width, height } = picture;
  const kernel = gaussianKernel(settings.sigma);
  const reach = kernel.length - 1;
  const size = 2 * reach + 3;
  const ring = Array.from({ length: size }, () => new Float32Array(width));
  const rowAt = (y: number): Float32Array =>
    ring[Math.min(height - 1, Math.max(0, y)) % size] as Float32Array;
  const [column, blurred] = [new Float32Array(width), new Float32Array(width)];
  const [low, high] = [new Float32Array(width), new Float32Array(width)];
  let next = 0;
  return (y) => {
    const lastNeeded = Math.min(height - 1, y + reach);
    for (; next <= lastNeeded; next++)
      readLumaRow(picture, next, ring[next % size] as Float32Array);
    blurColumn((dy) => rowAt(y + dy), kernel, column);
    blurRow(column, kernel, blurred);
    sharpenRow(picture, y, {
      ...settings,
      above: rowAt(y - 1),
      here: rowAt(y),
      below: rowAt(y + 1),
      blurred,
      low,
      high,
    });
  };
}

/** One side of a normalised Gaussian, centre first, out to three sigma. */
export function gaussianKernel(sigma: number): Float32Array {
  const reach = Math.max(1, Math.ceil(3 * sigma));
  const side = Float32Array.from({ length: reach + 1 }, (_, i) =>
    Math.exp(-(i * i) / (2 * sigma * sigma)),
  );
  const total = side.reduce((sum, value, i) => sum + (i === 0 ? value : 2 * value), 0);
  return side.map((value) => value / total);
}

function blurColumn(
  rowAt: (dy: number) => Float32Array,
  kernel: Float32Array,
  into: Float32Array,
): void {
  const centre = rowAt(0);
  const share = kernel[0] as number;
  for (let x = 0; x < into.length; x++) into[x] = share * (centre[x] as number);
  for (let k = 1; k < kernel.length; k++) {
    const [above, below, weight] = [rowAt(-k), rowAt(k), kernel[k] as number];
    for (let x = 0; x < into.length; x++)
      into[x] = (into[x] as number) + weight * ((above[x] as number) + (below[x] as number));
  }
}

function blurRow(row: Float32Array, kernel: Float32Array, into: Float32Array): void {
  const last = row.length - 1;
  for (let x = 0; x <= last; x++) {
    let sum = (kernel[0] as number) * (row[x] as number);
    for (let k = 1; k < kernel.length; k++) {
      const left = row[x >= k ? x - k : 0] as number;
      const right = row[x + k <= last ? x + k : last] as number;
      sum += (kernel[k] as number) * (left + right);
    }
    into[x] = sum;
  }
}

type Band = Readonly<Record<'above' | 'here' | 'below' | 'low' | 'high', Float32Array>>;
type SharpenRow = UnsharpSettings & Band & { readonly blurred: Float32Array };

/** Smallest and largest luma of each column of three rows. */
function columnRange({ above, here, below, low, high }: Band): void {
  for (let x = 0; x < low.length; x++) {
    const [a, b, c] = [above[x] as number, here[x] as number, below[x] as number];
    low[x] = Math.min(a, b, c);
    high[x] = Math.max(a, b, c);
  }
}

function sharpenRow(picture: Picture, y: number, row: SharpenRow): void {
  const { width, data } = picture;
  const { here, low, high, blurred, amount, haloCap } = row;
  const core = CORING * CORING;
  columnRange(row);
  let at = y * width * 3;
  for (let x = 0; x < width; x++, at += 3) {
    const value = here[x] as number;
    const detail = value - (blurred[x] as number);
    const square = detail * detail;
    const wanted = value + (amount * detail * square) / (square + core);
    const left = x > 0 ? x - 1 : 0;
    const right = x + 1 < width ? x + 1 : x;
    const floor = Math.min(low[left] as number, low[x] as number, low[right] as number) - haloCap;
    const top = Math.max(high[left] as number, high[x] as number, high[right] as number) + haloCap;
    const room =
      HEADROOM *
      (65535 - Math.max(data[at] as number, data[at + 1] as number, data[at + 2] as number));
    const change = Math.min(room, (Math.min(top, Math.max(floor, wanted)) - value) * 65535);
    data[at] = clamp16((data[at] as number) + change);
    data[at + 1] = clamp16((data[at + 1] as number) + change);
    data[at + 2] = clamp16((data[at + 2] as number) + change);
  }
}

function clamp16(value: number): number {
  return value <= 0 ? 0 : value >= 65535 ? 65535 : value + 0.5;
}
