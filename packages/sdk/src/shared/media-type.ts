import { extension } from './rules.ts';

/** Types that browsers often leave empty. */
const TYPES: Readonly<Record<string, string>> = {
  arw: 'image/x-sony-arw',
  avif: 'image/avif',
  cr2: 'image/x-canon-cr2',
  cr3: 'image/x-canon-cr3',
  csv: 'text/csv',
  dng: 'image/x-adobe-dng',
  gif: 'image/gif',
  heic: 'image/heic',
  heif: 'image/heif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  json: 'application/json',
  md: 'text/markdown',
  mp4: 'video/mp4',
  nef: 'image/x-nikon-nef',
  orf: 'image/x-olympus-orf',
  pdf: 'application/pdf',
  png: 'image/png',
  raf: 'image/x-fuji-raf',
  rw2: 'image/x-panasonic-rw2',
  svg: 'image/svg+xml',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  txt: 'text/plain',
  webp: 'image/webp',
  zip: 'application/zip',
};

/** The type a file declares without its parameters, or the one its extension suggests. */
export function typeOf(file: { readonly name: string; readonly type: string }): string {
  const declared = (file.type.split(';')[0] ?? '').trim().toLowerCase();
  const guess = extension(file.name);
  return declared || (Object.hasOwn(TYPES, guess) && TYPES[guess]) || 'application/octet-stream';
}
