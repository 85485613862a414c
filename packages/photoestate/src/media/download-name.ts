/** `12 Main Street, 3rd floor` → `12-main-street-3rd-floor`: safe on every system, short enough for all. */
export function addressSlug(address: string): string {
  const slug = address
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-');
  // By code points: half of one would be no valid name.
  const short = [...slug]
    .slice(0, 60)
    .join('')
    .replace(/^-+|-+$/g, '');
  return short === '' ? 'photo' : short;
}

/** The name of a finished photo: sorts in the order of the shoot. */
export function resultName(address: string, position: number): string {
  return `${addressSlug(address)}-${String(position).padStart(2, '0')}.jpg`;
}
