import { slipwayError } from '../errors.ts';
import type { Project } from '../project/table.ts';
import type { EffectiveRules } from './effective-rules.ts';
import { checkExtension } from './sniff-extension.ts';

interface Announced {
  name: string;
  size: number;
  type: string;
}

export type CheckedRules = Pick<EffectiveRules, 'allowedTypes' | 'minSize' | 'maxSize'>;

/** True when the file is of one of the patterns (`image/png`, `image/*`, `.pdf`); none allows any. */
export function isTypeAllowed(
  { name, type }: { name: string; type: string },
  allowed: readonly string[],
): boolean {
  if (allowed.length === 0) return true;
  const lowerName = name.toLowerCase();
  return allowed.some((pattern) => {
    if (pattern.startsWith('.')) return lowerName.endsWith(pattern);
    return pattern.endsWith('/*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
  });
}

/** Throws the first rule that the announced file breaks, saying the rule and what came. */
export function checkUploadRules(upload: Announced, rules: CheckedRules): void {
  for (const allowed of rules.allowedTypes) {
    if (isTypeAllowed(upload, allowed)) continue;
    throw slipwayError(
      'file_type_not_allowed',
      `Expected ${allowed.join(', ')}; “${upload.name}” is ${upload.type}.`,
      { details: { rule: 'allowedTypes', expected: allowed, received: upload.type } },
    );
  }
  checkSize(upload, rules);
  checkExtension(upload);
}

/** Who asks for a public file would link to it, and nobody could open the link. */
export function checkVisibility(
  wish: { visibility?: 'public' | 'private' | undefined },
  { project, isPrivate }: { project: Pick<Project, 'rules'>; isPrivate: boolean },
): void {
  if (wish.visibility !== 'public') return;
  if (project.rules.visibility === 'public' && !isPrivate) return;
  throw slipwayError(
    'visibility_not_allowed',
    'Expected the visibility private: the rules of the project, or of its route, say that files are private, and a file cannot be more public than they are.',
    { details: { rule: 'visibility', expected: 'private', received: 'public' } },
  );
}

function checkSize({ size }: Announced, { minSize, maxSize }: CheckedRules): void {
  if (size > maxSize) {
    throw slipwayError(
      'file_too_large',
      `Expected a file of up to ${maxSize} bytes; this one has ${size}.`,
      { details: { rule: 'maxSize', expected: maxSize, received: size } },
    );
  }
  if (size < minSize) {
    throw slipwayError(
      'file_too_small',
      `Expected a file of at least ${minSize} bytes; this one has ${size}.`,
      { details: { rule: 'minSize', expected: minSize, received: size } },
    );
  }
}
