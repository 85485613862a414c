import { LUMA_B, LUMA_G, LUMA_R } from './picture.ts';

/**
 * One exposure as `merge` reads it: decoded sRGB codes, a curve from code to encoded value 0..1,
 * and the window of the frame that all frames share. A virtual exposure is the same pixels with
 * another curve, so it costs no memory.
 */
export type FrameSource = {
  readonly name: string;
  /** Interleaved RGB codes of the whole frame, 8 or 16 bits. */
  readonly data: Uint8Array | Uint16Array;
  /** Width in pixels of the whole frame. */
  readonly stride: number;
  /** Top left corner of the shared window inside the frame, in pixels. */
  readonly offsetX: number;
  readonly offsetY: number;
  /** Size of the shared window in pixels. */
  readonly width: number;
  readonly height: number;
  /** 256 or 65536 entries: code to sRGB-encoded value 0..1. */
  readonly curve: Float32Array;
};

/** Writes a row of one channel (0 red, 1 green, 2 blue) as values 0..1. */
export function readChannelRow(
  source: FrameSource,
  row: { readonly y: number; readonly channel: number },
  into: Float32Array,
): void {
  const { data, curve, width } = source;
  let at = ((row.y + source.offsetY) * source.stride + source.offsetX) * 3 + row.channel;
  for (let x = 0; x < width; x++) {
    into[x] = curve[data[at] as number] as number;
    at += 3;
  }
}

/** Writes the luma (0..1) of row `y`. */
export function readSourceLumaRow(source: FrameSource, y: number, into: Float32Array): void {
  const { data, curve, width } = source;
  let at = ((y + source.offsetY) * source.stride + source.offsetX) * 3;
  for (let x = 0; x < width; x++) {
    const r = curve[data[at] as number] as number;
    const g = curve[data[at + 1] as number] as number;
    const b = curve[data[at + 2] as number] as number;
    into[x] = LUMA_R * r + LUMA_G * g + LUMA_B * b;
    at += 3;
  }
}

/** Writes the largest of the three channels (0..1) of row `y`. */
export function readStrongestRow(source: FrameSource, y: number, into: Float32Array): void {
  const { data, curve, width } = source;
  let at = ((y + source.offsetY) * source.stride + source.offsetX) * 3;
  for (let x = 0; x < width; x++) {
    // Curves rise, so the largest code has the largest value.
    const [r, g, b] = [data[at] as number, data[at + 1] as number, data[at + 2] as number];
    into[x] = curve[r > g ? (r > b ? r : b) : g > b ? g : b] as number;
    at += 3;
  }
}

/** Writes the saturation of row `y`: the standard deviation of the three channels, 0..0.47. */
export function readSaturationRow(source: FrameSource, y: number, into: Float32Array): void {
  const { data, curve, width } = source;
  let at = ((y + source.offsetY) * source.stride + source.offsetX) * 3;
  for (let x = 0; x < width; x++) {
    const r = curve[data[at] as number] as number;
    const g = curve[data[at + 1] as number] as number;
    const b = curve[data[at + 2] as number] as number;
    const mean = (r + g + b) / 3;
    into[x] = Math.sqrt(((r - mean) ** 2 + (g - mean) ** 2 + (b - mean) ** 2) / 3);
    at += 3;
  }
}
