import { z } from 'zod';
import { nearestName } from './nearest-name.ts';

/** What fits behind `"field" is not valid:`; schemas that say more give their own words. */
function wordsOf(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${kindOf(issue.expected)}, received ${receivedOf(issue.input)}`;
    case 'invalid_value':
      return issue.values.length === 1
        ? `expected ${String(issue.values[0])}`
        : `expected one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return `expected ${bound(issue, issue.inclusive === false ? 'more than' : 'at least')} ${issue.minimum}${unitOf(issue.origin, issue.minimum)}`;
    case 'too_big':
      return `expected ${bound(issue, issue.inclusive === false ? 'less than' : 'at most')} ${issue.maximum}${unitOf(issue.origin, issue.maximum)}`;
    case 'invalid_format':
      return `expected ${FORMATS[issue.format] ?? 'another format'}`;
    case 'not_multiple_of':
      return `expected a multiple of ${issue.divisor}`;
    case 'unrecognized_keys':
      return unknownFieldWords(issue);
    default:
      return 'expected another value';
  }
}

/** Says what was probably meant, or what there is; one that knows no fields at all has none to name. */
function unknownFieldWords({ keys, inst }: z.core.$ZodRawIssue<z.core.$ZodIssueUnrecognizedKeys>) {
  const known = inst instanceof z.ZodObject ? Object.keys(inst.shape) : [];
  const [only] = keys;
  const meant = keys.length === 1 && only !== undefined ? nearestName(only, known) : undefined;
  if (meant !== undefined) return `there is no such field, the nearest is "${meant}"`;
  const what = keys.length === 1 ? 'there is no such field' : 'there are no such fields';
  return known.length === 0 ? what : `${what}, expected one of ${known.join(', ')}`;
}

const KINDS: Readonly<Record<string, string>> = {
  array: 'an array',
  bigint: 'an integer',
  int: 'an integer',
  object: 'an object',
  record: 'an object',
  undefined: 'nothing',
  null: 'null',
  nan: 'a number',
  nonoptional: 'a value',
  date: 'a date and time',
};

const FORMATS: Readonly<Record<string, string>> = {
  email: 'an email address',
  url: 'an address such as https://example.com',
  datetime: 'a date and time such as 2026-01-31T12:00:00Z',
  date: 'a date such as 2026-01-31',
  ipv4: 'an IPv4 address',
  ipv6: 'an IPv6 address',
  uuid: 'a UUID',
  base64: 'Base64',
  base64url: 'Base64url',
};

const UNITS: Readonly<Record<string, string>> = {
  string: 'character',
  array: 'item',
  set: 'item',
  map: 'entry',
  file: 'byte',
};

const kindOf = (kind: string): string => KINDS[kind] ?? `a ${kind}`;

function receivedOf(input: unknown): string {
  if (input === null) return 'null';
  if (Array.isArray(input)) return 'an array';
  // Also what a program could not read as one, such as the text of a query.
  if (typeof input === 'number' && !Number.isFinite(input)) return 'something else';
  if (input instanceof Date) return Number.isNaN(input.getTime()) ? 'something else' : 'a date';
  return kindOf(typeof input);
}

const bound = ({ exact }: { exact?: boolean | undefined }, words: string): string =>
  exact ? 'exactly' : words;

function unitOf(origin: string, count: number | bigint): string {
  const unit = UNITS[origin];
  if (unit === undefined) return '';
  if (Number(count) === 1) return ` ${unit}`;
  return unit === 'entry' ? ' entries' : ` ${unit}s`;
}

// Zod knows what came only while it parses, so its words are replaced there.
z.config({ localeError: wordsOf });
