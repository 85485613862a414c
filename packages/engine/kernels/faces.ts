/**
 * Layers of BlazeFace: src/privacy/network.ts on threads, where it is said what they do.
 *
 * A tensor is rows of pixels, and a pixel is its channels one behind the other, 32-bit floats. Left and
 * above of pixel (0, 0) and right of and below the last one lies one pixel of zeros, so that nobody has
 * to ask for the border. Rows have room for a multiple of four pixels between.
 */

/** Channels of the first layer's result. */
const STEM: i32 = 24;
const FLOAT: i32 = 4;

/**
 * 5 x 5 pixels of three channels become 24, at half the size. The input has two pixels of zeros right
 * and below.
 * @param weights 75 x 24, input channels the faster of the 75, then 24 biases
 */
export function stem(
  input: usize,
  inputStride: i32,
  weights: usize,
  into: usize,
  stride: i32,
  width: i32,
  height: i32,
  from: i32,
  to: i32,
  _scratch: usize,
): void {
  for (let y = from; y < to; y++) {
    const window = input + <usize>((2 * y - 1) * inputStride) - 3 * FLOAT;
    const row = into + <usize>(y * stride);
    for (let x = 0; x < width; x++)
      stemPixel(
        window + <usize>(x * 6 * FLOAT),
        inputStride,
        weights,
        row + <usize>(x * STEM * FLOAT),
      );
    clearBorder(row, stride, width, STEM);
  }
  clearEnds(into, stride, height, STEM, from, to);
}

function stemPixel(window: usize, inputStride: i32, weights: usize, into: usize): void {
  let weight = weights;
  const bias = weights + 75 * STEM * FLOAT;
  let a0 = v128.load(bias),
    a1 = v128.load(bias, 16),
    a2 = v128.load(bias, 32);
  let a3 = v128.load(bias, 48),
    a4 = v128.load(bias, 64),
    a5 = v128.load(bias, 80);
  for (let ky = 0; ky < 5; ky++) {
    const row = window + <usize>(ky * inputStride);
    for (let i = 0; i < 15 * FLOAT; i += FLOAT) {
      const value = v128.load32_splat(row + <usize>i);
      a0 = f32x4.add(a0, f32x4.mul(value, v128.load(weight)));
      a1 = f32x4.add(a1, f32x4.mul(value, v128.load(weight, 16)));
      a2 = f32x4.add(a2, f32x4.mul(value, v128.load(weight, 32)));
      a3 = f32x4.add(a3, f32x4.mul(value, v128.load(weight, 48)));
      a4 = f32x4.add(a4, f32x4.mul(value, v128.load(weight, 64)));
      a5 = f32x4.add(a5, f32x4.mul(value, v128.load(weight, 80)));
      weight += STEM * FLOAT;
    }
  }
  v128.store(into, positive(a0));
  v128.store(into, positive(a1), 16);
  v128.store(into, positive(a2), 32);
  v128.store(into, positive(a3), 48);
  v128.store(into, positive(a4), 64);
  v128.store(into, positive(a5), 80);
}

/**
 * Each channel by its own 3 x 3, then all channels of a pixel together, plus what came in.
 * @param weights 9 x channels, then channels x channels of the result, then its biases
 * @param shrink 1, or 2 for half the size; then the largest of 2 x 2 pixels is added
 * @param keep 0: nothing is added
 */
export function block(
  input: usize,
  inputStride: i32,
  channels: i32,
  weights: usize,
  into: usize,
  stride: i32,
  width: i32,
  height: i32,
  intoChannels: i32,
  shrink: i32,
  keep: i32,
  from: i32,
  to: i32,
  scratch: usize,
): void {
  const mixing = weights + <usize>(9 * channels * FLOAT);
  const pixel = channels * FLOAT;
  const columns = (width + 3) & ~3;
  for (let y = from; y < to; y++) {
    const here = input + <usize>(y * shrink * inputStride);
    // At half the size the window begins at the pixel itself: what is missing lies right and below.
    const window = shrink === 1 ? here - <usize>inputStride - <usize>pixel : here;
    depthwiseRow(window, inputStride, channels, weights, scratch, columns, shrink);
    const row = into + <usize>(y * stride);
    mixRow(scratch, columns, channels, mixing, row, intoChannels);
    for (let x = 0; x < width; x++) {
      const target = row + <usize>(x * intoChannels * FLOAT);
      if (keep && shrink === 1) addPixel(target, here + <usize>(x * pixel), channels);
      else if (keep) addLargest(target, here + <usize>(2 * x * pixel), inputStride, channels);
      for (let i = 0; i < intoChannels * FLOAT; i += 16) {
        const at = target + <usize>i;
        v128.store(at, positive(v128.load(at)));
      }
    }
    clearBorder(row, stride, width, intoChannels);
  }
  clearEnds(into, stride, height, intoChannels, from, to);
}

/** Four channels at a time along the row: their nine weights stay at hand. */
function depthwiseRow(
  window: usize,
  inputStride: i32,
  channels: i32,
  weights: usize,
  into: usize,
  columns: i32,
  shrink: i32,
): void {
  const pixel = <usize>(channels * FLOAT);
  const step = pixel * <usize>shrink;
  for (let c: usize = 0; c < pixel; c += 16) {
    const w = weights + c;
    const w0 = v128.load(w),
      w1 = v128.load(w + pixel),
      w2 = v128.load(w + 2 * pixel);
    const w3 = v128.load(w + 3 * pixel),
      w4 = v128.load(w + 4 * pixel),
      w5 = v128.load(w + 5 * pixel);
    const w6 = v128.load(w + 6 * pixel),
      w7 = v128.load(w + 7 * pixel),
      w8 = v128.load(w + 8 * pixel);
    let upper = window + c;
    let target = into + c;
    for (let x = 0; x < columns; x++) {
      const middle = upper + <usize>inputStride,
        lower = middle + <usize>inputStride;
      let sum = f32x4.mul(v128.load(upper), w0);
      sum = f32x4.add(sum, f32x4.mul(v128.load(upper + pixel), w1));
      sum = f32x4.add(sum, f32x4.mul(v128.load(upper + 2 * pixel), w2));
      sum = f32x4.add(sum, f32x4.mul(v128.load(middle), w3));
      sum = f32x4.add(sum, f32x4.mul(v128.load(middle + pixel), w4));
      sum = f32x4.add(sum, f32x4.mul(v128.load(middle + 2 * pixel), w5));
      sum = f32x4.add(sum, f32x4.mul(v128.load(lower), w6));
      sum = f32x4.add(sum, f32x4.mul(v128.load(lower + pixel), w7));
      sum = f32x4.add(sum, f32x4.mul(v128.load(lower + 2 * pixel), w8));
      v128.store(target, sum);
      upper += step;
      target += pixel;
    }
  }
}

/** Four pixels by twelve channels of the result at a time. */
function mixRow(
  from: usize,
  columns: i32,
  channels: i32,
  weights: usize,
  into: usize,
  intoChannels: i32,
): void {
  const pixel = <usize>(channels * FLOAT);
  const intoPixel = <usize>(intoChannels * FLOAT);
  const biases = weights + <usize>channels * intoPixel;
  for (let x = 0; x < columns; x += 4) {
    const source = from + <usize>x * pixel;
    for (let c: usize = 0; c < intoPixel; c += 48) {
      let w = weights + c;
      const b0 = v128.load(biases + c),
        b1 = v128.load(biases + c, 16),
        b2 = v128.load(biases + c, 32);
      let a0 = b0,
        a1 = b1,
        a2 = b2,
        d0 = b0,
        d1 = b1,
        d2 = b2;
      let e0 = b0,
        e1 = b1,
        e2 = b2,
        f0 = b0,
        f1 = b1,
        f2 = b2;
      for (let i: usize = 0; i < pixel; i += FLOAT) {
        const w0 = v128.load(w),
          w1 = v128.load(w, 16),
          w2 = v128.load(w, 32);
        w += intoPixel;
        const at = source + i;
        let value = v128.load32_splat(at);
        a0 = f32x4.add(a0, f32x4.mul(value, w0));
        a1 = f32x4.add(a1, f32x4.mul(value, w1));
        a2 = f32x4.add(a2, f32x4.mul(value, w2));
        value = v128.load32_splat(at + pixel);
        d0 = f32x4.add(d0, f32x4.mul(value, w0));
        d1 = f32x4.add(d1, f32x4.mul(value, w1));
        d2 = f32x4.add(d2, f32x4.mul(value, w2));
        value = v128.load32_splat(at + 2 * pixel);
        e0 = f32x4.add(e0, f32x4.mul(value, w0));
        e1 = f32x4.add(e1, f32x4.mul(value, w1));
        e2 = f32x4.add(e2, f32x4.mul(value, w2));
        value = v128.load32_splat(at + 3 * pixel);
        f0 = f32x4.add(f0, f32x4.mul(value, w0));
        f1 = f32x4.add(f1, f32x4.mul(value, w1));
        f2 = f32x4.add(f2, f32x4.mul(value, w2));
      }
      const target = into + <usize>x * intoPixel + c;
      storeThree(target, a0, a1, a2);
      storeThree(target + intoPixel, d0, d1, d2);
      storeThree(target + 2 * intoPixel, e0, e1, e2);
      storeThree(target + 3 * intoPixel, f0, f1, f2);
    }
  }
}

function storeThree(into: usize, a: v128, b: v128, c: v128): void {
  v128.store(into, a);
  v128.store(into, b, 16);
  v128.store(into, c, 32);
}

function addPixel(into: usize, from: usize, channels: i32): void {
  for (let i: usize = 0; i < <usize>(channels * FLOAT); i += 16)
    v128.store(into + i, f32x4.add(v128.load(into + i), v128.load(from + i)));
}

function addLargest(into: usize, from: usize, stride: i32, channels: i32): void {
  const pixel = <usize>(channels * FLOAT);
  const below = from + <usize>stride;
  for (let i: usize = 0; i < pixel; i += 16) {
    const upper = f32x4.max(v128.load(from + i), v128.load(from + pixel + i));
    const lower = f32x4.max(v128.load(below + i), v128.load(below + pixel + i));
    v128.store(into + i, f32x4.add(v128.load(into + i), f32x4.max(upper, lower)));
  }
}

function positive(values: v128): v128 {
  return f32x4.max(values, f32x4.splat(0));
}

/** The zeros left of a row, and all that is right of it. */
function clearBorder(row: usize, stride: i32, width: i32, channels: i32): void {
  const pixel = <usize>(channels * FLOAT);
  memory.fill(row - pixel, 0, pixel);
  const end = <usize>width * pixel;
  memory.fill(row + end, 0, <usize>stride - pixel - end);
}

/** The rows of zeros above the first and below the last row. */
function clearEnds(into: usize, stride: i32, height: i32, channels: i32, from: i32, to: i32): void {
  const first = into - <usize>(channels * FLOAT);
  if (from === 0) memory.fill(first - <usize>stride, 0, stride);
  if (to === height) memory.fill(first + <usize>(height * stride), 0, stride);
}
