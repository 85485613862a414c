import type { UploadRules, WireError } from './types.ts';

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** A size in bytes, or text such as `'4MB'` (1 KB = 1024 bytes). */
export type Size = number | `${number}${(typeof UNITS)[number]}`;

/** Turns `'4MB'` into bytes. */
export function parseSize(size: Size): number {
  const match = /^(\d+(?:\.\d+)?)\s*([KMGT]?)B$/i.exec(String(size));
  const bytes = match
    ? Number(match[1]) * 1024 ** ' KMGT'.indexOf((match[2] ?? '').toUpperCase() || ' ')
    : typeof size === 'number'
      ? size
      : Number.NaN;
  if (!Number.isFinite(bytes) || bytes < 0) {
    throw new TypeError(
      `Expected a size such as "4MB" or a number of bytes, but received “${String(size)}”`,
    );
  }
  return Math.floor(bytes);
}

/** Turns bytes into text such as `4 MB`. */
export function formatSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${+value.toFixed(value < 10 && unit > 0 ? 1 : 0)} ${UNITS[unit]}`;
}

/** What follows the last dot of a name, in lower case. */
export function extension(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1).toLowerCase();
}

/** Whether one allowed entry (`image/*`, `image/png`, `.dng`) covers the file. */
function covers(allowed: string, file: { readonly name: string; readonly type: string }): boolean {
  const entry = allowed.toLowerCase();
  if (entry.startsWith('.')) return file.name.toLowerCase().endsWith(entry);
  const [type = ''] = file.type.split(';');
  const [start = '', rest] = entry.split('*');
  return rest === undefined ? type === entry : type.startsWith(start);
}

/**
 * The rule that a file breaks, in words a user understands, or `null`. Whether a file may come whose
 * type the browser does not know, the server decides by its extension.
 */
export function brokenRule(
  file: { readonly name: string; readonly type: string; readonly size: number },
  rules: UploadRules | null,
): WireError | null {
  if (!rules) return null;
  if (file.type && rules.types[0] && !rules.types.some((entry) => covers(entry, file))) {
    return {
      code: 'file_type_not_allowed',
      message: `“${file.name}” is ${file.type}. Allowed: ${rules.types.join(', ')}.`,
    };
  }
  if (rules.maxSize !== null && file.size > rules.maxSize) {
    return {
      code: 'file_too_large',
      message: `“${file.name}” is ${formatSize(file.size)}. The limit is ${formatSize(rules.maxSize)}.`,
    };
  }
  if (file.size < (rules.minSize ?? 0)) {
    return {
      code: 'file_too_small',
      message: `“${file.name}” is ${formatSize(file.size)}. The least is ${formatSize(rules.minSize ?? 0)}.`,
    };
  }
  return null;
}

/** The refusal of files beyond the number allowed at once. */
export function tooManyFiles(maxFiles: number): WireError {
  return {
    code: 'too_many_files',
    message: `Too many files at once. The limit is ${maxFiles}.`,
  };
}
