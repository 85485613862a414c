/** The starts of common files (Latin-1), enough to notice a file that is called something else. */
const SIGNATURES: readonly (readonly [type: RegExp, name: string, start: RegExp])[] = [
  [/^image\/a?png$/, 'image/png', /^\x89PNG\r\n/],
  [/^image\/(p?jpe?g)$/, 'image/jpeg', /^\xff\xd8\xff/],
  [/^image\/gif$/, 'image/gif', /^GIF8[79]a/],
  [/^image\/webp$/, 'image/webp', /^RIFF[\s\S]{4}WEBP/],
  [/^image\/(tiff|x-.*|dng)$/, 'image/tiff', /^(II\*|MM[\s\S]\*)/],
  [/^image\/(avif|hei[cf].*)$|^(video|audio)\//, 'video/mp4', /^[\s\S]{4}ftyp/],
  [/^application\/pdf$/, 'application/pdf', /^%PDF-/],
  [/^application\/(zip|.*officedocument.*|.*opendocument.*|epub\+zip)$/, 'application/zip', /^PK/],
];

/**
 * What the bytes are, where that is not what was declared. Slipway knows far more formats; here a
 * picture, film or PDF of a common kind has to look like one, and text must be text.
 */
export function sniffed(bytes: Uint8Array, declared: string): string | null {
  if (declared === 'application/octet-stream') return null;
  const start = String.fromCharCode(...bytes.subarray(0, 64));
  const seen = SIGNATURES.find(([, , pattern]) => pattern.test(start));
  if (seen) return seen[0].test(declared) ? null : seen[1];
  const known = SIGNATURES.some(([type]) => type.test(declared));
  const isText = declared.startsWith('text/') || declared === 'application/json';
  const unlike = isText
    ? !looksLikeText(bytes)
    : known && !/^(video|audio)\/|image\/x-/.test(declared);
  if (!unlike) return null;
  return bytes.length === 0 ? 'an empty file' : isText ? 'binary data' : 'unknown data';
}

/** UTF-8 without NUL; a character that is cut at the end is forgiven. */
function looksLikeText(bytes: Uint8Array): boolean {
  const start = bytes.subarray(0, 65_536);
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true });
    return !start.includes(0);
  } catch {
    return false;
  }
}
