import { formatBytes } from '@repo/ui/format';

type Rules = { allowedTypes: readonly string[]; maxSize: number };

function allows(pattern: string, type: string): boolean {
  return pattern.endsWith('/*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type;
}

/**
 * The rule that a file breaks, as a sentence: what was expected, what came. The server decides in
 * the end; this spares the wait for its answer. A file whose type the browser does not know passes.
 */
export function brokenRule(
  file: { name: string; size: number; type: string },
  rules: Rules,
): string | undefined {
  const type = file.type.split(';')[0]?.trim().toLowerCase() ?? '';
  if (file.size > rules.maxSize) {
    return `Expected at most ${formatBytes(rules.maxSize)}, this file has ${formatBytes(file.size)}.`;
  }
  if (
    type &&
    rules.allowedTypes.length > 0 &&
    !rules.allowedTypes.some((pattern) => allows(pattern, type))
  ) {
    return `Expected ${rules.allowedTypes.join(' or ')}, this file is ${type}.`;
  }
  return undefined;
}
