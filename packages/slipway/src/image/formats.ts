/** What may reach a decoder, each told by its first bytes. SVG, PDF and all else never do. */
const SOURCES: readonly (readonly [format: string, isIt: (head: Buffer) => boolean])[] = [
  ['jpeg', (head) => head.toString('hex', 0, 3) === 'ffd8ff'],
  ['png', (head) => head.toString('hex', 0, 8) === '89504e470d0a1a0a'],
  ['gif', (head) => /^GIF8[79]a/.test(head.toString('latin1', 0, 6))],
  ['webp', (head) => /^RIFF.{4}WEBP/s.test(head.toString('latin1', 0, 12))],
  [
    'tiff',
    (head) => ['49492a00', '4d4d002a', '49492b00', '4d4d002b'].includes(head.toString('hex', 0, 4)),
  ],
  ['avif', isAvif],
];

/** Enough of a file to tell by. */
export const HEAD_BYTES = 64;

/** ISO 14496-12: a `ftyp` box, which names its brands; among them has to be one of AV1 pictures. */
function isAvif(head: Buffer): boolean {
  if (head.length < 16 || head.toString('latin1', 4, 8) !== 'ftyp') return false;
  const brands = head.toString('latin1', 8, Math.min(head.readUInt32BE(0), head.length));
  return /^(.{4})*?avi[fs]/s.test(brands);
}

/** The format of a picture that may be decoded, or null. */
export function sourceFormat(head: Buffer): string | null {
  return SOURCES.find(([, isIt]) => isIt(head))?.[0] ?? null;
}

const SOURCE_TYPES: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/jpg',
  'image/pjpeg',
  'image/png',
  'image/apng',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/tiff',
]);

/** Whether a file of this type may be transformed at all. Its bytes are looked at again before they are decoded. */
export function isPictureType(type: string): boolean {
  return SOURCE_TYPES.has(type);
}

export const OUTPUT_FORMATS = ['jpeg', 'png', 'webp', 'avif'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];
