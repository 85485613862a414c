/** Pictures (interleaved RGB) made small: src/inspect/small-copy.ts. Sizes need not divide each other. */

/**
 * Rows `from`..`to` of the small picture, 16 bits per channel: means of areas.
 * @param source codes of `codeBytes` bytes, 1 or 2, row by row without gaps
 * @param scratch three float32 for each column
 */
export function area(
  source: usize,
  codeBytes: i32,
  width: i32,
  height: i32,
  into: usize,
  intoWidth: i32,
  intoHeight: i32,
  from: i32,
  to: i32,
  scratch: usize,
): void {
  const across = <f64>width / <f64>intoWidth,
    down = <f64>height / <f64>intoHeight;
  const count = 3 * width;
  const full: f64 = codeBytes === 1 ? 257.0 : 1.0;
  for (let y = from; y < to; y++) {
    memory.fill(scratch, 0, <usize>(count << 2));
    const top = <f64>y * down,
      bottom = min(<f64>height, top + down);
    for (let line = <i32>top; <f64>line < bottom; line++) {
      const share = <f32>((min(bottom, <f64>(line + 1)) - max(top, <f64>line)) / (bottom - top));
      const row = source + <usize>line * <usize>(count * codeBytes);
      if (codeBytes === 1) addBytes(row, count, share, scratch);
      else addWords(row, count, share, scratch);
    }
    const out = into + <usize>(y * intoWidth * 6);
    for (let x = 0; x < intoWidth; x++) {
      const left = <f64>x * across,
        right = min(<f64>width, left + across);
      let red: f64 = 0,
        green: f64 = 0,
        blue: f64 = 0;
      for (let column = <i32>left; <f64>column < right; column++) {
        const share = min(right, <f64>(column + 1)) - max(left, <f64>column);
        const at = scratch + <usize>(column * 12);
        red += share * <f64>load<f32>(at);
        green += share * <f64>load<f32>(at, 4);
        blue += share * <f64>load<f32>(at, 8);
      }
      const scale = full / (right - left);
      const at = out + <usize>(x * 6);
      store<u16>(at, <u16>(red * scale + 0.5));
      store<u16>(at, <u16>(green * scale + 0.5), 2);
      store<u16>(at, <u16>(blue * scale + 0.5), 4);
    }
  }
}

/** Adds a share of a row of codes to the sums. */
function addBytes(row: usize, count: i32, share: f32, sums: usize): void {
  const shares = f32x4.splat(share);
  const whole = count & ~15;
  for (let i = 0; i < whole; i += 16) {
    const codes = v128.load(row + <usize>i);
    const low = i16x8.extend_low_i8x16_u(codes),
      high = i16x8.extend_high_i8x16_u(codes);
    const at = sums + <usize>(i << 2);
    add(at, i32x4.extend_low_i16x8_u(low), shares);
    add(at + 16, i32x4.extend_high_i16x8_u(low), shares);
    add(at + 32, i32x4.extend_low_i16x8_u(high), shares);
    add(at + 48, i32x4.extend_high_i16x8_u(high), shares);
  }
  for (let i = whole; i < count; i++) {
    const at = sums + <usize>(i << 2);
    store<f32>(at, load<f32>(at) + share * <f32>load<u8>(row + <usize>i));
  }
}

function addWords(row: usize, count: i32, share: f32, sums: usize): void {
  const shares = f32x4.splat(share);
  const whole = count & ~7;
  for (let i = 0; i < whole; i += 8) {
    const codes = v128.load(row + <usize>(i << 1));
    const at = sums + <usize>(i << 2);
    add(at, i32x4.extend_low_i16x8_u(codes), shares);
    add(at + 16, i32x4.extend_high_i16x8_u(codes), shares);
  }
  for (let i = whole; i < count; i++) {
    const at = sums + <usize>(i << 2);
    store<f32>(at, load<f32>(at) + share * <f32>load<u16>(row + <usize>(i << 1)));
  }
}

function add(at: usize, codes: v128, shares: v128): void {
  v128.store(at, f32x4.add(v128.load(at), f32x4.mul(f32x4.convert_i32x4_s(codes), shares)));
}
