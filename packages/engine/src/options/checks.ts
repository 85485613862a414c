import { EngineError } from '../errors.ts';

/** Small guards that all complain in the same words: "Expected X to be Y but received Z." */

export function checkRecord(path: string, value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw expected(path, 'an object', value);
}

export function checkKeys(
  path: string,
  value: Record<string, unknown>,
  known: readonly string[],
): void {
  for (const key of Object.keys(value)) {
    if (!known.includes(key)) {
      throw new EngineError(
        'invalid_options',
        `Unknown option "${key}" in ${path}. Expected one of: ${known.join(', ')}.`,
      );
    }
  }
}

export function checkNumber(
  path: string,
  value: unknown,
  range: readonly [min: number, max: number],
): number {
  const [min, max] = range;
  if (typeof value === 'number' && value >= min && value <= max) return value;
  throw expected(path, `a number from ${min} to ${max}`, value);
}

export function checkChoice<T extends string>(
  path: string,
  value: unknown,
  choices: readonly T[],
): T {
  const choice = choices.find((candidate) => candidate === value);
  if (choice !== undefined) return choice;
  throw expected(path, `one of ${choices.join(', ')}`, value);
}

export function checkText(path: string, value: unknown, longest = 100): string {
  if (typeof value === 'string' && value.length > 0 && value.length <= longest) return value;
  throw expected(path, `a text of 1 to ${longest} characters`, value);
}

/** Callers make file names of it. */
export function checkName(path: string, value: unknown): string {
  const name = checkText(path, value);
  if (!/[/\\\p{Cc}]/u.test(name) && !/^\.+$/.test(name)) return name;
  throw expected(path, 'a name without slashes', value);
}

export function checkFlag(path: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new EngineError(
    'invalid_options',
    `Expected ${path} to be true or false but received ${String(value)}.`,
  );
}

function expected(path: string, what: string, value: unknown): EngineError {
  const came =
    typeof value === 'string'
      ? quoted(value)
      : (JSON.stringify(value)?.slice(0, 60) ?? String(value));
  return new EngineError('invalid_options', `Expected ${path} to be ${what} but received ${came}.`);
}

const SHOWN = 60;

function quoted(text: string): string {
  if (text.length <= SHOWN) return `"${text}"`;
  return `"${text.slice(0, SHOWN)}…", which has ${text.length}`;
}
