import type { OutputOptions, PreviewOptions } from '../../packages/engine/src/index.ts';
import { FILE_VALUES } from '../../packages/engine/src/options/resolve-outputs.ts';

/** What a field may be, and what it is for. */
type Words = readonly [values: string, words: string];

const { formats, chromas, gamuts, policies, qualities, sides, budgets } = FILE_VALUES;

const oneOf = (values: readonly string[]): string =>
  values.map((value) => `\`${value}\``).join(', ');
const within = ([least, most]: readonly [number, number], unit = ''): string =>
  `${least.toLocaleString('en')} to ${most.toLocaleString('en')}${unit}`;

export const OUTPUT_WORDS: Readonly<Record<keyof OutputOptions, Words>> = {
  format: [oneOf(formats), 'the kind of file'],
  quality: [within(qualities), 'of JPEG and WebP; PNG loses nothing'],
  maxWidth: [within(sides, ' px'), 'the photo is reduced to it when it is wider'],
  chroma: [oneOf(chromas), 'how finely a JPEG keeps colours'],
  gamut: [oneOf(gamuts), '`p3` keeps colours beyond sRGB where the exposures have them'],
  metadata: [oneOf(policies), 'what the photo and deliveries say of themselves; see `encode`'],
  captureDate: ['true, false', 'say when the photo was taken'],
  location: ['true, false', 'say where the photo was taken'],
  texts: [
    '`{ title, altText, artist, copyright }`',
    'up to 2,000 characters each; artist and copyright are otherwise those of the exposure',
  ],
};

export const PREVIEW_WORDS: Readonly<Record<keyof PreviewOptions, Words>> = {
  name: ['1 to 100 characters, no slashes', 'how it is found among the results; needed'],
  delivery: ['see the table above', 'where it goes, which gives the defaults of what follows'],
  maxWidth: [within(sides, ' px'), 'needed where there is no delivery; never enlarged'],
  maxHeight: [within(sides, ' px'), 'as the shape of the photo wants it'],
  maxBytes: [
    within(budgets, ' bytes'),
    'quality and then size are lowered until the file has no more',
  ],
  format: [oneOf(formats), 'the kind of file; a PNG can have no `maxBytes`'],
  quality: [within(qualities), 'of JPEG and WebP'],
};
