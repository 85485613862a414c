/** Small pictures are kept so wide; see the core's inspection. */
const KEPT = 480;

/** Pictures as large as a card: the small one as it is kept, larger ones for fine screens by AVIF or WebP. */
export function coverSet(thumb: string): string | undefined {
  const preview = thumb.replace(/\/thumb$/, '/preview');
  if (preview === thumb) return undefined;
  return [`${thumb} ${KEPT}w`, `${preview}?w=960 960w`, `${preview}?w=1440 1440w`].join(', ');
}

/** Pictures as small as a frame in its strip: hundreds of them are a few kilobytes each. */
export function stripSet(thumb: string): string | undefined {
  if (!thumb.endsWith('/thumb')) return undefined;
  return `${thumb}?w=192 192w, ${thumb} ${KEPT}w`;
}

/** A picture as large as the window; one that is only kept small is shown as it is. */
export function peekSet(preview: string): string | undefined {
  if (!preview.endsWith('/preview')) return undefined;
  return [`${preview}?w=960 960w`, `${preview}?w=1440 1440w`, `${preview} 2048w`].join(', ');
}
