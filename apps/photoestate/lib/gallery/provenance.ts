interface Signed {
  /** The name in the certificate; null where the page names nobody. */
  by: string | null;
}

/** What is true of the files of these photos, and no more; null where none of them is signed. */
export function credentialsWords(photos: readonly (Signed | null)[]): string | null {
  const signed = photos.filter((one) => one !== null);
  if (signed.length === 0) return null;
  const names = [...new Set(signed.flatMap(({ by }) => by ?? []))];
  const by = names.length === 0 ? '' : `, signed by ${names.join(', ')}`;
  if (signed.length === photos.length) return `Every download carries Content Credentials${by}.`;
  const some = `${signed.length} of ${photos.length} photos`;
  return `The downloads of ${some} carry Content Credentials${by}.`;
}

interface Edited {
  /** Empty where nothing was put in, taken out or replaced. */
  altered: readonly string[];
  /** Null, or left out, where nobody recorded what was done. */
  done?: readonly string[] | null;
}

/** Whether photos are altered; null where that was not recorded of all of them. */
export function alteredWords(photos: readonly Edited[]): string | null {
  const count = photos.filter(({ altered }) => altered.length > 0).length;
  if (count > 0 && photos.length === 1) return 'The photo is digitally altered.';
  if (count > 0) {
    return `${count} of ${photos.length} photos ${count === 1 ? 'is' : 'are'} digitally altered.`;
  }
  if (photos.length === 0 || photos.some(({ done }) => done == null)) return null;
  return 'Photographic work only: nothing was added to the scene, hidden or replaced.';
}
