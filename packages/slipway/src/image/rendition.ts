import type { OutputFormat } from './formats.ts';
import type { Fit, Transform } from './transform.ts';

/**
 * `auto` for somebody: AVIF or WebP where that somebody shows it. What it becomes is known when the
 * picture is: JPEG has no transparency, and large AVIFs take longer than they save.
 */
const AUTO_FORMATS = ['auto-avif', 'auto-webp', 'auto'] as const;
export type RenditionFormat = OutputFormat | (typeof AUTO_FORMATS)[number];

/** One picture to make: a transformation for those who accept its format. */
export interface Rendition {
  readonly width: number | null;
  readonly height: number | null;
  readonly fit: Fit;
  readonly format: RenditionFormat;
  readonly quality: number | null;
}

/** What a transformation is for a request with this `Accept` header. */
export function renditionFor(transform: Transform, accept: string | undefined): Rendition {
  const { format } = transform;
  return { ...transform, format: format === 'auto' ? autoFormat(accept ?? '') : format };
}

/** Wildcards accept everything and show nothing: only who names a format gets it. */
function autoFormat(accept: string): RenditionFormat {
  const named = accept
    .toLowerCase()
    .split(',')
    .map((part) => part.split(';').map((piece) => piece.trim()))
    .filter(([, ...params]) => !params.some((param) => /^q=0(\.0*)?$/.test(param)))
    .map(([type]) => type);
  if (named.includes('image/avif')) return 'auto-avif';
  return named.includes('image/webp') ? 'auto-webp' : 'auto';
}

/** To be raised when the same rendition becomes another picture, so that those made before are not shown any more. */
const VERSION = 1;

/** A rendition in its one normal form; what it is stored under. */
export function specOf({ width, height, fit, format, quality }: Rendition): string {
  const parts = { w: width, h: height, fit, format, q: quality };
  return Object.entries(parts)
    .filter(([, value]) => value !== null)
    .reduce((spec, [name, value]) => `${spec},${name}=${value}`, `v${VERSION}`);
}
