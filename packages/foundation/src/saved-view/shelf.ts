import type { Tx } from '../db/index.ts';
import type { SavedViewTable } from './table.ts';

/** A person's own views in one place. Whoever makes one has asked whether the person may look there. */
export interface Shelf {
  table: SavedViewTable;
  placeId: string;
  /** As people call it: "project". */
  place: string;
  userId: string;
  organizationId: string;
  /** What audit entries say of the place. */
  about: Record<string, string>;
  /** Lets changes in this place happen one after another. */
  lock: (tx: Tx) => Promise<unknown>;
}
