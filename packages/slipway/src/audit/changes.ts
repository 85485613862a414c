export interface AuditChange {
  field: string;
  before: unknown;
  after: unknown;
}

type Data = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whatever the order of its names, the same value gives the same text. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!isRecord(value)) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`).join()}}`;
}

/**
 * An entry's data as changes field by field, and what else it tells. Entries say `before` and `after`,
 * or `from` and `to`, each an object of fields or one value.
 */
export function changesOf(data: Data): { changes: AuditChange[]; facts: Data } {
  const { before, after, from, to, ...facts } = data;
  const [was, is] = [before ?? from, after ?? to];
  if (was === undefined && is === undefined) return { changes: [], facts };
  if ((was !== undefined && !isRecord(was)) || (is !== undefined && !isRecord(is))) {
    return { changes: [{ field: 'value', before: was, after: is }], facts };
  }
  const fields = [...new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})])];
  const changes = fields
    .map((field) => ({ field, before: was?.[field], after: is?.[field] }))
    .filter((change) => canonical(change.before) !== canonical(change.after));
  return { changes, facts };
}
