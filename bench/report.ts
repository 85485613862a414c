export interface Report {
  readonly text: string;
  /** Answers that should not have come; any makes the bench fail. */
  readonly problems: readonly string[];
}

export type Cell = string | number | undefined;

/** A Markdown table, so that what a terminal shows can be pasted into a page. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const cells = [head, ...rows.map((row) => row.map(show))];
  const widths = head.map((_, column) =>
    Math.max(...cells.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, column) => pad(row[column] ?? '', width, column)).join(' | ')} |`;
  const rule = widths.map((width, column) =>
    column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  const [first = [], ...others] = cells;
  return [line(first), `| ${rule.join(' | ')} |`, ...others.map(line)].join('\n');
}

function pad(text: string, width: number, column: number): string {
  return column === 0 ? text.padEnd(width) : text.padStart(width);
}

/** Three digits are what such a figure is good for. */
function show(cell: Cell): string {
  if (cell === undefined) return '–';
  if (typeof cell === 'string') return cell;
  if (cell >= 100 || Number.isInteger(cell)) return Math.round(cell).toLocaleString('en');
  return cell.toFixed(cell >= 10 ? 1 : 2);
}

/** The run in the middle, whole: its columns belong together. */
export function middleRun<T>(runs: readonly T[], figure: (run: T) => number): T {
  const sorted = [...runs].sort((one, other) => figure(one) - figure(other));
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined) throw new Error('there was no run');
  return middle;
}

export const MIB = 1024 * 1024;

export function sum(figures: readonly number[]): number {
  return figures.reduce((total, figure) => total + figure, 0);
}
