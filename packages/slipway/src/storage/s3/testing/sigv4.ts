import { createHash, createHmac } from 'node:crypto';
import { s3Failure } from './s3-failure.ts';

/** What a signature is made over, as it came over the wire. */
export interface SignedRequest {
  method: string;
  /** As sent, still encoded. */
  path: string;
  /** As sent, without the question mark. */
  query: string;
  headers: Readonly<Record<string, string | undefined>>;
  body: Buffer;
}

export interface SigningRules {
  accessKeyId: string;
  secretAccessKey: string;
  region: string;
  now: Date;
  /** Off: whatever was signed is believed. */
  signatures: boolean;
  expiry: boolean;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
const SKEW_MS = 15 * 60_000;

/**
 * Checks Signature Version 4, in the header or in the query, as AWS describes it and without the SDK's
 * code. False for a request without any.
 *
 * @throws the failure that S3 answers with.
 */
export function checkSignature(request: SignedRequest, rules: SigningRules): boolean {
  const query = queryOf(request.query);
  if (query.some(([name]) => name === 'X-Amz-Signature')) {
    checkPresigned(request, query, rules);
    return true;
  }
  const header = request.headers['authorization'];
  if (header === undefined) return false;
  checkHeader(request, header, rules);
  return true;
}

type Query = [name: string, value: string][];

/** Names and values decoded, in the order in which they came. */
const queryOf = (query: string): Query =>
  query === ''
    ? []
    : query.split('&').map((pair) => {
        const [name = '', ...value] = pair.split('=');
        return [decodeURIComponent(name), decodeURIComponent(value.join('='))];
      });

function checkPresigned(request: SignedRequest, query: Query, rules: SigningRules): void {
  const one = (name: string) => {
    const values = query.filter(([key]) => key === name);
    if (values.length !== 1)
      throw s3Failure(400, 'AuthorizationQueryParametersError', `Expected one ${name}.`);
    return values[0]?.[1] ?? '';
  };
  const date = one('X-Amz-Date');
  const seconds = Number(one('X-Amz-Expires'));
  const at = dateOf(date);
  if (one('X-Amz-Algorithm') !== ALGORITHM || !Number.isInteger(seconds) || at === null)
    throw s3Failure(400, 'AuthorizationQueryParametersError', 'Expected version 4.');
  const late = rules.now.getTime() - at.getTime();
  if (rules.expiry && (late > seconds * 1000 || late < -SKEW_MS))
    throw s3Failure(403, 'AccessDenied', 'Request has expired');
  compare(request, rules, {
    credential: one('X-Amz-Credential'),
    signedHeaders: one('X-Amz-SignedHeaders'),
    signature: one('X-Amz-Signature'),
    date,
    query: query.filter(([name]) => name !== 'X-Amz-Signature'),
    payload: 'UNSIGNED-PAYLOAD',
  });
}

function checkHeader(request: SignedRequest, header: string, rules: SigningRules): void {
  const field = (name: string) => new RegExp(`${name}=([^,\\s]+)`).exec(header)?.[1] ?? '';
  const date = request.headers['x-amz-date'] ?? '';
  const at = dateOf(date);
  if (!header.startsWith(ALGORITHM) || at === null)
    throw s3Failure(400, 'AuthorizationHeaderMalformed', 'Expected version 4.');
  if (Math.abs(rules.now.getTime() - at.getTime()) > SKEW_MS)
    throw s3Failure(403, 'RequestTimeTooSkewed', 'The difference between clocks is too large.');
  const payload = request.headers['x-amz-content-sha256'] ?? '';
  if (/^[0-9a-f]{64}$/.test(payload) && payload !== sha256(request.body))
    throw s3Failure(400, 'XAmzContentSHA256Mismatch', 'The body is not what was signed.');
  compare(request, rules, {
    credential: field('Credential'),
    signedHeaders: field('SignedHeaders'),
    signature: field('Signature'),
    date,
    query: queryOf(request.query),
    payload,
  });
}

interface Claim {
  credential: string;
  signedHeaders: string;
  signature: string;
  date: string;
  query: Query;
  payload: string;
}

function compare(request: SignedRequest, rules: SigningRules, claim: Claim): void {
  const [accessKeyId, day = '', region, service, end] = claim.credential.split('/');
  if (accessKeyId !== rules.accessKeyId)
    throw s3Failure(403, 'InvalidAccessKeyId', 'The access key does not exist.');
  if (region !== rules.region)
    throw s3Failure(
      400,
      'AuthorizationHeaderMalformed',
      `The region '${region}' is wrong; expecting '${rules.region}'`,
      `<Region>${rules.region}</Region>`,
    );
  if (service !== 's3' || end !== 'aws4_request' || !claim.date.startsWith(day))
    throw s3Failure(400, 'AuthorizationHeaderMalformed', 'The scope is wrong.');
  if (rules.signatures && signatureOf(request, rules, claim) !== claim.signature)
    throw s3Failure(403, 'SignatureDoesNotMatch', 'The signature does not match.');
}

function signatureOf(
  request: SignedRequest,
  rules: SigningRules,
  { date, signedHeaders, query, payload }: Claim,
): string {
  const names = signedHeaders.split(';');
  // Whatever the server acts on has to be signed, or anybody could add it.
  const acted = Object.keys(request.headers).filter((name) => name.startsWith('x-amz-'));
  if (!names.includes('host') || acted.some((name) => !names.includes(name)))
    throw s3Failure(403, 'AccessDenied', 'There were headers present which were not signed');
  const canonical = [
    request.method,
    request.path,
    query
      .map(([name, value]) => [encode(name), encode(value)] as const)
      .sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1))
      .map((pair) => pair.join('='))
      .join('&'),
    ...names.map((name) => `${name}:${(request.headers[name] ?? '').trim().replace(/ +/g, ' ')}`),
    '',
    signedHeaders,
    payload,
  ].join('\n');
  const scope = `${date.slice(0, 8)}/${rules.region}/s3/aws4_request`;
  const text = [ALGORITHM, date, scope, sha256(canonical)].join('\n');
  const key = [date.slice(0, 8), rules.region, 's3', 'aws4_request'].reduce<Buffer>(
    (previous, part) => hmac(previous, part),
    Buffer.from(`AWS4${rules.secretAccessKey}`),
  );
  return hmac(key, text).toString('hex');
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
const hmac = (key: Buffer, data: string) => createHmac('sha256', key).update(data).digest();

/** As AWS encodes: everything but letters, digits, and `-._~`. */
const encode = (text: string) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );

function dateOf(text: string): Date | null {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second] = match;
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
