import type { Storage, Storages } from './storage.ts';

/** The storage of the configuration, and by `open` those of projects. */
export function createStorages(
  standard: Storage,
  open: (id: string) => Promise<Storage>,
): Storages {
  return { default: standard, of: async (id) => (id === null ? standard : open(id)) };
}
