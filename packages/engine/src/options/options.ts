import type { DeliveryName } from '../encode/deliveries.ts';
import type { PhotoTexts } from '../encode/edit-record.ts';
import type { MetadataPolicy } from '../encode/file-metadata.ts';
import type { OutputFormat } from '../encoded-image.ts';
import type { Gamut } from '../frames/read-header.ts';
import type { PresetName } from './presets.ts';
import type { StepSettings, TunableStep } from './settings.ts';

/** The file that carries the finished photo. */
export type OutputOptions = {
  /** Default `jpeg`. */
  format?: OutputFormat;
  /** 1..100, default 92. Ignored for PNG, which is lossless. */
  quality?: number;
  /** Width in pixels the photo is reduced to when it is wider; default: full size. */
  maxWidth?: number | null;
  /** JPEG colour resolution; default `4:4:4`, because listing photos are cropped and re-encoded by portals. */
  chroma?: '4:4:4' | '4:2:0';
  /** `p3` keeps the colours beyond sRGB that the exposures have, for who can show them; default `srgb`. */
  gamut?: Gamut;
  /** What this file and the deliveries tell beside their pixels; default `credit`. Previews tell nothing. */
  metadata?: MetadataPolicy;
  /** Say when the photo was taken; default false. */
  captureDate?: boolean;
  /** Say where the photo was taken, which is somebody's home; default false. */
  location?: boolean;
  /** Words for the metadata; artist and copyright are otherwise those of the reference exposure. */
  texts?: Partial<PhotoTexts>;
};

/** One more, smaller file of the same photo. */
export type PreviewOptions = {
  /** How the caller recognises it among the outputs, e.g. `preview`. */
  name: string;
  /** Where it is sent: gives the defaults of what follows, and the metadata of the photo itself. */
  delivery?: DeliveryName | null;
  /**
   * Pixels; a panorama or a very tall picture gets less, so that its longer side is 4096 at most. May be
   * left out of a delivery.
   */
  maxWidth?: number;
  /** Pixels; default as the width and the shape of the photo want it. */
  maxHeight?: number | null;
  /** Bytes the file may have: quality and then size are lowered until it does. Default no limit, like `null`. */
  maxBytes?: number | null;
  /** Default `jpeg`. */
  format?: OutputFormat;
  /** 1..100, default 82, of a delivery its own. */
  quality?: number;
};

export type ResolvedOutput = Readonly<Required<OutputOptions>> & { readonly texts: PhotoTexts };

export type ResolvedPreview = Readonly<Required<PreviewOptions>>;

/** What is refused, most of it before any pixel is decoded. */
export type LimitOptions = {
  /** Pixels of one frame; default 100 million. */
  maxPixels?: number;
  /** Pixels of all frames together; default 900 million. */
  maxTotalPixels?: number;
  /** Bytes of one file; default 300 MB. */
  maxFileBytes?: number;
  /** Seconds that opening one file may take; default 60. */
  maxDecodeSeconds?: number;
  /** Frames of one scene, 1..9; default 9. */
  maxFrames?: number;
};

/** Plain data, all optional; `resolveOptions` fills in the defaults. */
export type EnhanceOptions = {
  /** Default `natural`. */
  preset?: PresetName;
  /** `true`: as the preset has it. `false`: off. An object: on, with these numbers changed. */
  steps?: { [N in TunableStep]?: boolean | Partial<StepSettings[N]> };
  output?: OutputOptions;
  previews?: readonly PreviewOptions[];
  /**
   * A small picture of the photo before it is rendered at full size, handed to `hooks.onFirstLook`: it
   * is there in a fraction of the time. No larger than the small copies the engine decides on (about
   * 1500 px wide for 24 megapixels). Default none.
   */
  firstLook?: PreviewOptions | null;
  limits?: LimitOptions;
};

/** Options with every default spelled out: what the recipe records and a replay needs. */
export type ResolvedOptions = {
  readonly preset: PresetName;
  readonly steps: Readonly<StepSettings>;
  readonly output: ResolvedOutput;
  readonly previews: readonly ResolvedPreview[];
  readonly firstLook: ResolvedPreview | null;
  readonly limits: Readonly<Required<LimitOptions>>;
};
