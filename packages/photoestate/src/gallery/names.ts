import { addressSlug } from '../media/download-name.ts';

interface Named {
  position: number;
  title: string | null;
}

/**
 * `123-main-st-01-kitchen` for each photo of a delivery, in its order: they sort as they are meant to, no two are the
 * same, and every system takes them.
 */
export function photoNames(address: string, photos: readonly Named[]): string[] {
  const digits = Math.max(2, String(photos.length).length);
  const house = ascii(addressSlug(address));
  return photos.map(({ title }, index) => {
    const number = String(index + 1).padStart(digits, '0');
    const what = title === null ? '' : ascii(addressSlug(title));
    return [house, number, what === 'photo' ? '' : what.slice(0, 40)]
      .filter((part) => part !== '')
      .join('-')
      .replace(/-+$/, '');
  });
}

/** Unpackers of Windows still take other letters for something else. */
function ascii(slug: string): string {
  const plain = slug.replace(/[^a-z0-9-]+/g, '').replace(/-{2,}/g, '-');
  return plain.replace(/^-+|-+$/g, '');
}

/** Of what one client likes; who said no name is not named. */
export function favouritesName(
  address: string,
  { of, size }: { of: string | null; size: string },
): string {
  const who = of === null ? '' : ascii(addressSlug(of));
  const parts = ['favourites', who === 'photo' ? '' : who.slice(0, 40), size];
  return archiveName(address, parts.filter((part) => part !== '').join('-'));
}

export function archiveName(address: string, size: string): string {
  return `${ascii(addressSlug(address)) || 'photos'}-${size}.zip`;
}
