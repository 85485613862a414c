/**
 * Orders to a thread that runs a decoder compiled to WASM. Camera raw files go to LibRaw, HEIC to
 * libheif; everything else is sharp's.
 */
export type DecodeOrder =
  | { readonly kind: 'rawSize'; readonly bytes: Uint8Array }
  | {
      readonly kind: 'raw';
      readonly bytes: Uint8Array;
      /** One pixel for each square of four on the sensor, without interpolation. */
      readonly half: boolean;
      readonly gamut: 'srgb' | 'p3';
    }
  | { readonly kind: 'heic'; readonly bytes: Uint8Array; readonly bits: 8 | 16 };

/** Size in pixels as the viewer sees it, and how the stored picture lies: EXIF orientation 1..8. */
export type RawSize = {
  readonly width: number;
  readonly height: number;
  readonly orientation: number;
};

/** Interleaved RGB codes, upright. */
export type DecodedCodes = {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint16Array;
};

export type AnswerTo<O extends DecodeOrder> = O extends { kind: 'rawSize' }
  ? RawSize
  : DecodedCodes;
