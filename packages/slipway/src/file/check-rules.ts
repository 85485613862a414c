import { slipwayError } from '../errors.ts';
import type { ProjectRules } from '../project/schema.ts';
import { checkExtension } from './sniff-extension.ts';

/** True when `type` is one of the patterns (`image/png`, `image/*`); no pattern allows any. */
export function isTypeAllowed(type: string, allowed: readonly string[]): boolean {
  if (allowed.length === 0) return true;
  return allowed.some((pattern) =>
    pattern.endsWith('/*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern,
  );
}

/** Throws the first rule that the announced file breaks, saying the rule and what came. */
export function checkUploadRules(
  upload: { name: string; size: number; type: string },
  rules: ProjectRules,
): void {
  if (!isTypeAllowed(upload.type, rules.allowedTypes)) {
    throw slipwayError(
      'file_type_not_allowed',
      `This project takes ${rules.allowedTypes.join(', ')}; this file is ${upload.type}.`,
      { details: { rule: 'allowedTypes', expected: rules.allowedTypes, received: upload.type } },
    );
  }
  if (upload.size > rules.maxSize) {
    throw slipwayError(
      'file_too_large',
      `This project takes files of up to ${rules.maxSize} bytes; this one has ${upload.size}.`,
      { details: { rule: 'maxSize', expected: rules.maxSize, received: upload.size } },
    );
  }
  checkExtension(upload);
}
