import { thumbHashUrl } from '../shared/thumb-hash.ts';
import type { SlipwayFile } from '../shared/types.ts';

/** What is shown of a picture; the file of an upload’s result has all of it. */
export type PictureFile = Pick<SlipwayFile, 'url' | 'sha256' | 'width' | 'height' | 'thumbhash'>;

export interface PictureOptions {
  /** Widths to offer, in pixels; those that are larger than the picture are left out. */
  readonly widths?: readonly number[] | undefined;
  /** How wide it is shown, as for any `srcset`: `(min-width: 800px) 400px, 100vw`. */
  readonly sizes?: string | undefined;
  /** Of public files their own address; of a private one that it is shown by: a signed URL has one size. */
  readonly src?: string | undefined;
}

/** Attributes of an `<img>`, in React’s spelling. */
export interface PictureAttributes {
  readonly src: string;
  readonly srcSet?: string;
  readonly sizes?: string;
  readonly width?: number;
  readonly height?: number;
  readonly loading: 'lazy';
  readonly decoding: 'async';
  /** The blurred picture behind it, until it is there. */
  readonly style?: { readonly backgroundImage: string; readonly backgroundSize: 'cover' };
}

/** The steps in which pictures come without a signature. */
const WIDTHS = [320, 640, 960, 1280, 1920, 2560];

/**
 * Everything an `<img>` needs so that nothing jumps and nobody waits for more than the screen shows: its room, a blurred
 * placeholder, AVIF or WebP in the size that fits, and no request before it comes near.
 */
export function pictureAttributes(
  file: PictureFile,
  { widths = WIDTHS, sizes = '100vw', src }: PictureOptions = {},
): PictureAttributes {
  const address = src ?? file.url;
  if (!address)
    throw new TypeError(
      'Expected a public picture with a url, or its signed URL as src: files.url(id, { transform }).',
    );
  const { width, height } = file;
  const placeholder = thumbHashUrl(file.thumbhash);
  const common = {
    ...(width && height ? { width, height } : {}),
    ...{ loading: 'lazy' as const, decoding: 'async' as const },
    ...(placeholder && {
      style: { backgroundImage: `url(${placeholder})`, backgroundSize: 'cover' as const },
    }),
  };
  if (src !== undefined) return { src, ...common };
  const at = (wide: number) => {
    const url = new URL(address);
    url.searchParams.set('w', String(wide));
    if (file.sha256) url.searchParams.set('v', file.sha256.slice(0, 16));
    return url.href;
  };
  const fitting = widths.filter((wide) => !width || wide < width);
  // Its own size, in a format that the browser likes, where a step is not far above.
  const offered = width ? [...fitting, Math.min(width, 4096)] : fitting;
  return {
    src: at(offered.at(-1) ?? WIDTHS[0] ?? 320),
    srcSet: offered.map((wide) => `${at(wide)} ${wide}w`).join(', '),
    sizes,
    ...common,
  };
}
