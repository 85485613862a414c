export type OutputFormat = 'jpeg' | 'webp' | 'png';

/** One finished file. `width` and `height` are in pixels. */
export type EncodedImage = {
  readonly name: string;
  readonly format: OutputFormat;
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
};
