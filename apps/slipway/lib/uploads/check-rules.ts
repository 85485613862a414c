import { formatBytes } from '@repo/ui/format';

type Rules = { allowedTypes: readonly string[]; maxSize: number };
type Broken = { code: 'file_type_not_allowed' | 'file_too_large'; message: string };

function allows(pattern: string, type: string): boolean {
  return pattern.endsWith('/*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type;
}

/**
 * The rule that a file breaks, as a sentence: what was expected, what came. The server decides in
 * the end; this spares the wait for its answer.
 */
export function brokenRule(file: { size: number; type: string }, rules: Rules): Broken | undefined {
  const type = file.type.split(';')[0]?.trim().toLowerCase() ?? '';
  if (
    rules.allowedTypes.length > 0 &&
    !rules.allowedTypes.some((pattern) => allows(pattern, type))
  ) {
    const message = `Expected ${rules.allowedTypes.join(' or ')}, this file is ${type || 'of no known type'}.`;
    return { code: 'file_type_not_allowed', message };
  }
  if (file.size > rules.maxSize) {
    const message = `Expected at most ${formatBytes(rules.maxSize)}, this file has ${formatBytes(file.size)}.`;
    return { code: 'file_too_large', message };
  }
  return undefined;
}
