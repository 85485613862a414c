import { isObject, type Json } from './state-file.ts';

/** Pino's own numbers and the names that our logs use instead. */
const LEVELS: readonly (readonly [number: number, name: string])[] = [
  [10, 'trace'],
  [20, 'debug'],
  [30, 'info'],
  [40, 'warn'],
  [50, 'error'],
  [60, 'fatal'],
];
const WARN = 40;
const ERROR = 50;

export interface LogLine {
  /** A warning or worse. */
  readonly isWarning: boolean;
  readonly isError: boolean;
  /** For people: level, message, and what went wrong. */
  readonly text: string;
}

/** Undefined when the line is not one of our structured logs. */
export function readLogLine(line: string): LogLine | undefined {
  const entry = parse(line);
  const level = LEVELS.find((pair) => pair.some((value) => value === entry?.['level']));
  if (!entry || !level) return undefined;
  return {
    isWarning: level[0] >= WARN,
    isError: level[0] >= ERROR,
    text: `${level[1]} ${describe(entry)}`,
  };
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

/** What a request's own line says beside its message. */
const DETAILS = ['method', 'path', 'status', 'job', 'role', 'port'] as const;

function describe(entry: Json): string {
  const error = entry['err'];
  const cause = isObject(error) && typeof error['message'] === 'string' ? error['message'] : '';
  const message = typeof entry['msg'] === 'string' ? entry['msg'] : '';
  const told = cause && cause !== message ? `${message}: ${cause}` : message;
  const details = DETAILS.map((name) => entry[name]).filter((value) => value !== undefined);
  const duration = typeof entry['ms'] === 'number' ? [`${entry['ms']} ms`] : [];
  const request = typeof entry['requestId'] === 'string' ? [`[${entry['requestId']}]`] : [];
  return [told.split('\n')[0], ...details, ...duration, ...request].join(' ');
}
