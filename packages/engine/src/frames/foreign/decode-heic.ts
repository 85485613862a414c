import { readFile } from 'node:fs/promises';
import load from 'libheif-js/libheif-wasm/libheif.js';
import type { DecodedCodes, DecodeOrder } from './protocol.ts';

/**
 * libheif 1.23 with libde265, as `libheif-js` packs them: sharp's own libheif has no HEVC decoder. A
 * 12-megapixel photo takes 1.0 s and 100 MB on one core.
 */
const WASM = new URL(import.meta.resolve('libheif-js/libheif-wasm/libheif.wasm'));

type HeicChannel = {
  readonly stride: number;
  readonly data: Uint8Array;
  readonly bits_per_pixel: number;
};

/** Rotations and crops of the file are applied; transparency is dropped. */
export async function decodeHeic(order: DecodeOrder & { kind: 'heic' }): Promise<DecodedCodes> {
  const heif = await load({ wasmBinary: await readFile(WASM) });
  const context = heif.heif_context_alloc();
  const read = heif.heif_context_read_from_memory(context, order.bytes);
  if (read.code !== heif.heif_error_code.heif_error_Ok) throw new Error(String(read.message));
  const handle: unknown = heif.heif_js_context_get_primary_image_handle(context);
  const { heif_colorspace_RGB: rgb } = heif.heif_colorspace;
  const { heif_chroma_interleaved_RGB: codes8, heif_chroma_interleaved_RRGGBB_LE: codes16 } =
    heif.heif_chroma;
  const image: unknown = heif.heif_js_decode_image2(
    handle as Parameters<typeof heif.heif_js_decode_image2>[0],
    rgb,
    order.bits === 8 ? codes8 : codes16,
  );
  if (!isDecoded(image)) throw new Error('the picture inside the HEIC file cannot be decoded');
  const { width, height } = image;
  return { width, height, data: withoutPadding(image, order.bits) };
}

type Decoded = {
  readonly width: number;
  readonly height: number;
  readonly channels: readonly [HeicChannel];
};

/** Failures come back as an object with a code instead of channels. */
function isDecoded(image: unknown): image is Decoded {
  return (
    typeof image === 'object' &&
    image !== null &&
    'channels' in image &&
    Array.isArray(image.channels) &&
    image.channels.length > 0
  );
}

function withoutPadding({ width, height, channels }: Decoded, bits: 8 | 16): DecodedCodes['data'] {
  const [{ data, stride, bits_per_pixel: depth }] = channels;
  const rowBytes = (width * 3 * bits) / 8;
  const rows = new Uint8Array(rowBytes * height);
  for (let y = 0; y < height; y++)
    rows.set(data.subarray(y * stride, y * stride + rowBytes), y * rowBytes);
  if (bits === 8) return rows;
  const codes = new Uint16Array(rows.buffer);
  const scale = 65_535 / (2 ** depth - 1);
  for (let i = 0; i < codes.length; i++) codes[i] = (codes[i] as number) * scale + 0.5;
  return codes;
}
