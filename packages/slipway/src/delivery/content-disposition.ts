/**
 * A Content-Disposition header for any file name (RFC 6266): an ASCII form for
 * old readers, and the true name in UTF-8 (RFC 5987).
 */
export function contentDisposition(kind: 'inline' | 'attachment', name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

/** Types that a browser shows without running anything in them. SVG, HTML, XML and PDF are not among them. */
const PASSIVE =
  /^(image\/(jpeg|png|gif|webp|avif|bmp|x-icon|tiff|heic|heif)|video\/[\w.+-]+|audio\/[\w.+-]+|text\/plain|text\/csv)$/;

export function isPassive(type: string): boolean {
  return PASSIVE.test(type);
}

/** Every name of JavaScript (WHATWG MIME Sniffing §4.6); browsers run nothing else as a script when they may not guess. */
const SCRIPT =
  /^(application|text)\/(x-)?(java|ecma)script$|^text\/(javascript1\.[0-5]|jscript|livescript)$/;

/**
 * In the origin where people are signed in no file is a script either: neither of a page of ours that
 * lets scripts of its own origin run, nor of a service worker. `nosniff` makes that hold.
 */
export function typeInOwnOrigin(type: string): string {
  return SCRIPT.test(type) ? 'text/plain' : type;
}
