import { slipwayError } from '../errors.ts';
import type { MetadataRules } from '../project/rules.ts';

type Field = MetadataRules['fields'][number];

/**
 * Throws the first field that is not as the rules have it.
 *
 * @throws `metadata_invalid`.
 */
export function checkMetadata(
  metadata: Readonly<Record<string, unknown>>,
  rules: MetadataRules,
): void {
  for (const field of rules.fields) checkField(metadata[field.name], field);
  if (rules.others) return;
  const known = new Set(rules.fields.map(({ name }) => name));
  const other = Object.keys(metadata).find((name) => !known.has(name));
  if (other === undefined) return;
  throw invalid(other, `no other fields than ${[...known].join(', ') || 'none'}`, 'another one');
}

function checkField(value: unknown, { name, type, required, maxLength, values }: Field): void {
  if (value === undefined || value === null) {
    if (!required) return;
    throw invalid(name, `a ${type}`, 'nothing');
  }
  if (typeof value !== type) throw invalid(name, `a ${type}`, `a ${typeof value}`);
  if (typeof value !== 'string') return;
  if (maxLength !== null && value.length > maxLength)
    throw invalid(name, `at most ${maxLength} characters`, `${value.length}`);
  if (values !== null && !values.includes(value))
    throw invalid(name, `one of ${values.join(', ')}`, `“${value.slice(0, 100)}”`);
}

function invalid(field: string, expected: string, received: string) {
  return slipwayError(
    'metadata_invalid',
    `Expected ${expected} as metadata “${field}”, received ${received}.`,
    { details: { rule: 'metadata', field, expected, received } },
  );
}
