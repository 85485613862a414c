import { errorSchema } from '../rest/index.ts';
import { KEY } from './key.ts';

type Operation = {
  security?: unknown[];
  parameters?: unknown[];
  requestBody?: unknown;
  responses?: Record<string, { description: string; headers?: unknown; content?: unknown }>;
};

const HEADER = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', minLength: 1, maxLength: 255, pattern: KEY.source },
  description:
    'Any unique text, such as a UUID. A call that comes again with it within 24 hours is answered as the first one was, with Idempotency-Replayed: true.',
};

const REPLAYED = {
  'Idempotency-Replayed': {
    description: '"true" when this is the answer of an earlier call with the same Idempotency-Key',
    schema: { type: 'string', enum: ['true'] },
  },
};

const RETRY_AFTER = {
  'Retry-After': { description: 'Seconds', schema: { type: 'integer' } },
};

const error = { content: { 'application/json': { schema: errorSchema } } };

/** What every call with a key may be answered with. */
const ALWAYS: Record<string, string> = {
  '400': 'The request is not valid',
  '401': 'The key is missing or wrong',
  '403': 'The key may not do this',
  '431': 'Address and headers are longer than 16 KiB together',
  '5XX': 'It is our fault, or something that we need does not answer: try again later',
};

const ALSO: Record<string, string> = {
  '409': 'The first call with this Idempotency-Key is not finished (idempotency_in_progress)',
  '422': 'This Idempotency-Key belongs to another call (idempotency_key_reused)',
};

/** Writes into the API's description what every call with a key has: limits, and of a POST its Idempotency-Key. */
export function describeEveryCall<T extends { paths?: object }>(document: T): T {
  for (const path of Object.values(document.paths ?? {})) {
    for (const [method, operation] of Object.entries(path as Record<string, Operation>)) {
      operation.responses = { ...always(operation), ...operation.responses };
      if (operation.security === undefined) continue;
      operation.responses = {
        ...operation.responses,
        '429': {
          description: 'Too many calls: try again after Retry-After seconds (rate_limited)',
          headers: RETRY_AFTER,
          ...error,
        },
      };
      if (method === 'post') describePost(operation);
    }
  }
  return document;
}

function always({ security, requestBody }: Operation): Operation['responses'] {
  const statuses = Object.entries(ALWAYS)
    .filter(([status]) => security !== undefined || !['401', '403'].includes(status))
    .map(([status, description]) => [status, { description, ...error }]);
  const long = { description: 'The body is longer than 1 MiB', ...error };
  return Object.fromEntries([...statuses, ...(requestBody === undefined ? [] : [['413', long]])]);
}

function describePost(operation: Operation): void {
  operation.parameters = [...(operation.parameters ?? []), HEADER];
  const responses = operation.responses ?? {};
  for (const [status, description] of Object.entries(ALSO)) {
    const before = responses[status];
    responses[status] =
      before === undefined
        ? { description, ...error }
        : { ...before, description: `${before.description}. Or: ${description}` };
  }
  for (const response of Object.values(responses)) {
    response.headers = { ...(response.headers ?? {}), ...REPLAYED };
  }
}
