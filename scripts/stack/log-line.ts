import { isObject, type Json } from './state-file.ts';

const WARN = 40;
const LEVELS: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};

export interface LogLine {
  readonly level: number;
  readonly isWarning: boolean;
  /** For people: level, message, and what went wrong. */
  readonly text: string;
}

/** Undefined when the line is not one of our structured logs. */
export function readLogLine(line: string): LogLine | undefined {
  const entry = parse(line);
  const level = entry?.['level'];
  if (!entry || typeof level !== 'number') return undefined;
  return { level, isWarning: level >= WARN, text: `${LEVELS[level] ?? level} ${describe(entry)}` };
}

function parse(line: string): Json | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function describe(entry: Json): string {
  const error = entry['err'];
  const cause = isObject(error) && typeof error['message'] === 'string' ? error['message'] : '';
  const message = typeof entry['msg'] === 'string' ? entry['msg'] : '';
  const request = typeof entry['requestId'] === 'string' ? ` [${entry['requestId']}]` : '';
  const told = cause && cause !== message ? `${message}: ${cause}` : message;
  return `${told.split('\n')[0] ?? ''}${request}`;
}
