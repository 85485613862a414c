export { LocalTable, newLocalId } from './local-table.ts';
export { Outbox, type QueuedEdit } from './outbox.ts';
export { useIsOffline } from './use-offline.ts';
