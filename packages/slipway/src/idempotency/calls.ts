import type { OnceOptions } from '@repo/foundation/idempotency';
import { idempotencyKey } from './table.ts';

/** Answers of calls that were refused before any work began. */
const REFUSED_CODES: ReadonlySet<string> = new Set([
  'file_type_not_allowed',
  'file_too_large',
  'file_too_small',
  'metadata_invalid',
  'visibility_not_allowed',
  'source_refused',
  'source_unavailable',
  'file_limit_reached',
  'storage_limit_reached',
  'quota_exceeded',
]);

/** Calls whose effect and answer are one transaction. */
const IN_ONE_TRANSACTION = /^\/api\/(keys|webhooks)(\/|$)/;

/** How Slipway's calls with an `Idempotency-Key` are run once. */
export const ONCE: Pick<OnceOptions, 'table' | 'sealedAs' | 'refusedCodes' | 'isOneTransaction'> = {
  table: idempotencyKey,
  sealedAs: 'slipway idempotent answers v1',
  refusedCodes: REFUSED_CODES,
  isOneTransaction: (path) => IN_ONE_TRANSACTION.test(path),
};
