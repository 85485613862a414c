export { type Claimable, claim } from './claim.ts';
export { dropDraft, forgetDrafts, keepDraft, readDraft } from './drafts.ts';
export { LocalTable, newLocalId } from './local-table.ts';
export { Outbox, type QueuedEdit, type Sent } from './outbox.ts';
export { forgetRefused, type RefusedEdit, RefusedEdits, refusedOf } from './refused.ts';
export { useDraft, useFormDraft } from './use-draft.ts';
export { useIsOffline } from './use-offline.ts';
