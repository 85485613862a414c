import type { Counts } from '../stack/suites.ts';

export interface ServerRow {
  readonly name: string;
  /** What it was seen to do, by name. */
  readonly abilities: Readonly<Record<string, boolean | number | string>>;
  readonly counts: Counts;
  /** Why it was not asked. */
  readonly skipped?: string;
}

/** One column a server, one line an ability. */
export function tableOf(rows: readonly ServerRow[]): string {
  const asked = rows.filter(({ skipped }) => skipped === undefined);
  if (asked.length === 0) return 'No S3 server was asked.';
  const names = [...new Set(asked.flatMap(({ abilities }) => Object.keys(abilities)))];
  const lines = [
    ['', ...asked.map(({ name }) => name)],
    ...names.map((name) => [name, ...asked.map(({ abilities }) => shown(abilities[name]))]),
    ['tests passed', ...asked.map(({ counts }) => String(counts.passed))],
    ['tests failed', ...asked.map(({ counts }) => String(counts.failed))],
  ];
  const widths = lines[0]?.map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  return lines
    .map((line) => line.map((cell, column) => cell.padEnd(widths?.[column] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}

function shown(ability: boolean | number | string | undefined): string {
  if (typeof ability === 'boolean') return ability ? 'yes' : 'no';
  return ability === undefined ? '?' : String(ability);
}
