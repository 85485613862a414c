import { slipwayError } from '../errors.ts';
import { type CheckedRules, checkUploadRules, isTypeAllowed } from '../file/check-rules.ts';
import type { UploadTokenLimits } from './upload-token-schema.ts';

/**
 * The rules, and those of the creator's token. A piece of a later upload has no type yet.
 *
 * @throws `file_type_not_allowed`, `file_too_large`, `file_too_small`.
 */
export function checkLimits(
  upload: { name: string; size: number; type: string; piece: boolean; sized: boolean },
  { rules, limits }: { rules: CheckedRules; limits: UploadTokenLimits | undefined },
): void {
  checkUploadRules(upload, {
    allowedTypes: upload.piece ? [] : rules.allowedTypes,
    // Only a whole file can be too small, and only once its length is known.
    minSize: upload.piece || !upload.sized ? 0 : rules.minSize,
    maxSize: rules.maxSize,
  });
  checkTokenSize(upload.size, limits?.maxSize);
  const allowed = upload.piece ? [] : (limits?.allowedTypes ?? []);
  if (isTypeAllowed(upload, allowed)) return;
  throw slipwayError(
    'file_type_not_allowed',
    `This upload token takes ${allowed.join(', ')}; this file is ${upload.type}.`,
    { details: { rule: 'allowedTypes', expected: allowed, received: upload.type } },
  );
}

export function checkTokenSize(size: number, maxSize: number | undefined): void {
  if (maxSize === undefined || size <= maxSize) return;
  throw slipwayError(
    'file_too_large',
    `This upload may bring up to ${maxSize} bytes; it has ${size}.`,
    { details: { rule: 'maxSize', expected: maxSize, received: size } },
  );
}

export const largestFile = (
  rules: { maxSize: number },
  limits: { maxSize?: number | undefined } | undefined,
) => Math.min(rules.maxSize, limits?.maxSize ?? Number.MAX_SAFE_INTEGER);
