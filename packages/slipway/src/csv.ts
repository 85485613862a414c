/** One line as RFC 4180 has it. */
export const csvLine = (cells: readonly (string | null)[]): string =>
  `${cells.map(cell).join(',')}\r\n`;

/** A spreadsheet runs what begins like a formula; a leading apostrophe makes it text. */
function cell(value: string | null): string {
  const text = value ?? '';
  const safe = /^\s*[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
