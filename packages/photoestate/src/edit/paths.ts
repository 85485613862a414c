/**
 * The changes that pages send through their outbox, and so perhaps twice: the only ones that an edit key may name.
 * Their answers are kept for a month, so none of them may hold a secret.
 */
export const EDIT_PATHS = [
  'listing.archive',
  'listing.restore',
  'listing.update',
  'organization.rename',
  'photo.delete',
  'photo.move',
  'review.accept',
  'review.reject',
  'scene.merge',
  'scene.rate',
  'scene.setSettings',
  'scene.delete',
  'scene.split',
] as const;

export type EditPath = (typeof EDIT_PATHS)[number];

const paths: ReadonlySet<string> = new Set(EDIT_PATHS);

export const isEditPath = (path: string): boolean => paths.has(path);
