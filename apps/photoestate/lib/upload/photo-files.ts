/** Extensions too: few systems know what type a RAW file is. */
export const acceptedPhotos =
  'image/jpeg,image/png,image/webp,image/tiff,image/avif,image/heic,image/heif,.heic,.heif,.cr2,.cr3,.nef,.arw,.dng,.raf,.orf,.rw2';

/** Files that systems put into folders by themselves; nobody means to upload them. */
const litter = /^(?:\..*|thumbs\.db|desktop\.ini)$/i;

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** What of a drop is meant: without the systems' own files, in the order of the shoot. */
export function photoFiles<T extends { name: string }>(files: readonly T[]): T[] {
  return files
    .filter(({ name }) => !litter.test(name))
    .sort((a, b) => byName.compare(a.name, b.name));
}
