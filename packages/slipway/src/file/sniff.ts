import { fileTypeFromBuffer, supportedMimeTypes } from 'file-type';

/** How many of the first bytes are looked at; enough for every format that is told by its start. */
export const SNIFF_BYTES = 64 * 1024;

/**
 * Types whose bytes start alike, or that have several names. A file may declare
 * any of a family when its content shows another of it.
 */
const FAMILIES: readonly (readonly string[])[] = [
  ['image/jpeg', 'image/jpg', 'image/pjpeg'],
  ['image/heic', 'image/heif', 'image/heic-sequence', 'image/heif-sequence'],
  ['image/png', 'image/apng'],
  ['image/x-icon', 'image/vnd.microsoft.icon'],
  // A TGA without compression starts like a cursor.
  ['image/x-icon', 'image/x-tga', 'image/x-targa'],
  ['image/bmp', 'image/x-ms-bmp'],
  // Camera RAW is TIFF inside.
  [
    'image/tiff',
    'image/x-canon-cr2',
    'image/x-nikon-nef',
    'image/x-sony-arw',
    'image/x-adobe-dng',
    'image/x-olympus-orf',
    'image/x-pentax-pef',
    'image/x-samsung-srw',
    'image/x-epson-erf',
    'image/x-hasselblad-3fr',
    'image/x-kodak-dcr',
    'image/dng',
    'image/x-dng',
  ],
  ['image/x-fujifilm-raf', 'image/x-fuji-raf'],
  ['audio/mpeg', 'audio/mp3'],
  ['audio/wav', 'audio/x-wav', 'audio/vnd.wave', 'audio/wave'],
  ['audio/aac', 'audio/x-aac'],
  ['audio/flac', 'audio/x-flac'],
  [
    'video/mp4',
    'video/quicktime',
    'video/x-m4v',
    'audio/mp4',
    'audio/x-m4a',
    'audio/m4a',
    'video/3gpp',
    'video/3gpp2',
  ],
  [
    'video/webm',
    'audio/webm',
    'video/matroska',
    'video/x-matroska',
    'audio/matroska',
    'audio/x-matroska',
  ],
  ['application/ogg', 'audio/ogg', 'video/ogg', 'audio/opus'],
  ['video/x-ms-asf', 'audio/x-ms-asf', 'video/x-ms-wmv', 'audio/x-ms-wma'],
  ['audio/aiff', 'audio/x-aiff'],
  ['font/ttf', 'font/otf', 'font/sfnt'],
  ['video/vnd.avi', 'video/avi', 'video/x-msvideo'],
  ['application/gzip', 'application/x-gzip', 'application/x-tgz', 'application/x-tar+gzip'],
  ['application/x-rar-compressed', 'application/vnd.rar'],
  [
    'application/x-cfb',
    'application/msword',
    'application/vnd.ms-excel',
    'application/vnd.ms-powerpoint',
    'application/vnd.ms-outlook',
    'application/x-msi',
  ],
];

/** Signatures of pictures that the library does not know, as patterns of their first bytes (Latin-1). */
const OWN_SIGNATURES: readonly (readonly [type: RegExp, start: RegExp])[] = [
  [/^image\/(x-exr|aces)$/, /^v\/1[^ -~]/],
  // The library knows the most common byte order and version of it.
  [/^image\/x-olympus-orf$/, /^(IIR[OS]|MMOR)/],
  [/^image\/vnd\.radiance$/, /^#\?(RADIANCE|RGBE)/],
  [/^image\/x-portable-(bitmap|graymap|pixmap|anymap|arbitrarymap)$/, /^P[1-7]\s/],
];

/** Pictures, films, sound and fonts that have no signature; all others of their kinds have one. */
const WITHOUT_SIGNATURE = [
  'image/x-tga',
  'image/x-targa',
  'image/vnd.wap.wbmp',
  'audio/l8',
  'audio/l16',
  'audio/l24',
  'audio/pcm',
];

const isMedia = (type: string) => /^(image|video|audio|font)\//.test(type);

/** Formats that are a ZIP inside; their first bytes may show no more than that. */
const ZIP_CONTAINERS = [
  /^application\/vnd\.openxmlformats-officedocument\./,
  /^application\/vnd\.oasis\.opendocument\./,
  /^application\/(epub\+zip|java-archive|x-zip-compressed|vnd\.android\.package-archive|vnd\.ms-[a-z.-]+)$/,
];

const isXml = (type: string) =>
  /(^text\/|\/|\+)(xml|html)$/.test(type) || type === 'image/svg+xml' || type === 'text/html';
export const isText = (type: string) =>
  type.startsWith('text/') ||
  isXml(type) ||
  /^application\/(json|javascript|x-ndjson|yaml|toml|sql|x-sh)$/.test(type) ||
  type.endsWith('+json');

/** True when the bytes hold no NUL and are UTF-8, or say by a byte-order mark that they are UTF-16. */
function looksLikeText(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  if (bytes.includes(0)) return false;
  try {
    // `stream` forgives a character that is cut at the end.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

const isGif = (bytes: Uint8Array) => /^GIF8[79]a/.test(latin1(bytes.subarray(0, 6)));

/** SVG has to be text with its element in it, in any encoding that XML may have. */
function looksLikeSvg(bytes: Uint8Array): boolean {
  return looksLikeText(bytes) && latin1(bytes).replaceAll('\0', '').includes('<svg');
}

/** Of a picture, film, sound or font that the library found nothing in. */
function mayBeMedia(bytes: Uint8Array, declared: string): boolean {
  const own = OWN_SIGNATURES.find(([type]) => type.test(declared));
  if (own !== undefined) return own[1].test(latin1(bytes.subarray(0, 16)));
  // Text under a made-up picture type could be a page that a careless reader runs.
  return WITHOUT_SIGNATURE.includes(declared) && !looksLikeText(bytes);
}

function describe(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'an empty file';
  return looksLikeText(bytes) ? 'text' : 'unknown data';
}

/** Whether what is one type may also be called the other. */
export function areAlike(detected: string, declared: string): boolean {
  if (detected === declared) return true;
  if (FAMILIES.some((family) => family.includes(detected) && family.includes(declared)))
    return true;
  if (detected === 'application/zip' && ZIP_CONTAINERS.some((pattern) => pattern.test(declared)))
    return true;
  return detected === 'application/xml' && (isXml(declared) || declared === 'text/plain');
}

export type SniffResult =
  | { agrees: true; detected: string | null }
  | { agrees: false; found: string };

/**
 * Compares what a file's first bytes are with what it was declared to be.
 * `application/octet-stream` claims nothing and agrees with everything. Under
 * image, video, audio and font, content that nobody recognizes agrees with nothing.
 */
export async function sniff(bytes: Uint8Array, declared: string): Promise<SniffResult> {
  const detected = (await fileTypeFromBuffer(bytes))?.mime.split(';')[0] ?? null;
  if (declared === 'application/octet-stream') return { agrees: true, detected };
  const verdict = (agrees: boolean, found: string): SniffResult =>
    agrees ? { agrees, detected } : { agrees, found };
  if (declared === 'image/svg+xml') {
    const isXml = detected === null || detected === 'application/xml';
    return verdict(isXml && looksLikeSvg(bytes), detected ?? describe(bytes));
  }
  // The library is content with the first three letters.
  if (detected === 'image/gif' && !isGif(bytes)) return verdict(false, describe(bytes));
  if (detected !== null) return verdict(areAlike(detected, declared), detected);
  if (isText(declared)) return verdict(looksLikeText(bytes), 'binary data');
  if (isMedia(declared)) return verdict(mayBeMedia(bytes, declared), describe(bytes));
  const hasSignature =
    supportedMimeTypes.has(declared) || FAMILIES.some((family) => family.includes(declared));
  return verdict(!hasSignature, describe(bytes));
}
