export { dropView } from './drop.ts';
export { keepView } from './keep.ts';
export { listSavedViews } from './list.ts';
export { type SavedViewView, ViewFields } from './schema.ts';
export type { Shelf } from './shelf.ts';
export { savedViewTable } from './table.ts';
