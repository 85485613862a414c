import { createHash, randomBytes } from 'node:crypto';
import type { Slipway } from 'slipway/server';
import { describeFailure } from '../failure.ts';

export type CheckResult = 'ok' | 'warn' | 'fail' | 'skipped';

export interface Check {
  readonly name: string;
  readonly result: CheckResult;
  readonly message: string;
}

interface Patient {
  readonly url: string;
  readonly slipway: Slipway;
  readonly origin: string;
  readonly callback: string | undefined;
  readonly signal: AbortSignal;
}

type Finding = Omit<Check, 'name'>;

const TIMEOUT_MS = 15_000;

/** One after another: where Slipway is not reached, nothing behind it is tried. */
export async function runChecks(patient: Patient): Promise<Check[]> {
  const checks: readonly (readonly [string, (patient: Patient) => Promise<Finding>])[] = [
    ['address', checkAddress],
    ['clock', checkClock],
    ['key', checkKey],
    ['upload', checkUpload],
    ['cors', checkCors],
    ['callback', checkCallback],
  ];
  const done: Check[] = [];
  for (const [name, check] of checks) {
    const blocker = done.find(
      (one) => one.result === 'fail' && ['address', 'key'].includes(one.name),
    );
    const found: Finding =
      blocker === undefined
        ? await check(patient).catch((error: unknown) => {
            patient.signal.throwIfAborted();
            return { result: 'fail', message: describeFailure(error).message };
          })
        : { result: 'skipped', message: `not tried, because of "${blocker.name}"` };
    done.push({ name, ...found });
  }
  return done;
}

const ask = (url: string, patient: Patient, init: RequestInit = {}) =>
  fetch(url, {
    redirect: 'manual',
    ...init,
    signal: AbortSignal.any([patient.signal, AbortSignal.timeout(TIMEOUT_MS)]),
  });

async function checkAddress(patient: Patient): Promise<Finding> {
  const response = await ask(`${patient.url}/livez`, patient).catch((error: unknown) => {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new Error(`Expected an answer from ${patient.url}: ${String(cause)}`);
  });
  await response.body?.cancel();
  if (response.status !== 200)
    return {
      result: 'fail',
      message: `Expected 200 from ${patient.url}/livez, received ${response.status}. Is it the address of a Slipway?`,
    };
  const isOpen = patient.url.startsWith('http:') && !isLocal(patient.url);
  return isOpen
    ? {
        result: 'warn',
        message: `${patient.url} answers, but without TLS: keys can be read on the way`,
      }
    : { result: 'ok', message: `${patient.url} answers` };
}

/** Signed addresses and webhooks are told by time; receivers accept five minutes. */
const TOLERATED_MS = 60_000;

async function checkClock(patient: Patient): Promise<Finding> {
  const sentAt = Date.now();
  const response = await ask(`${patient.url}/livez`, patient);
  await response.body?.cancel();
  const theirs = Date.parse(response.headers.get('date') ?? '');
  if (Number.isNaN(theirs))
    return { result: 'warn', message: 'Expected a Date header, received none' };
  const apart = Math.round(Math.abs(theirs - (sentAt + Date.now()) / 2) / 1000);
  return apart * 1000 > TOLERATED_MS
    ? {
        result: 'fail',
        message: `This clock and Slipway’s are ${apart} s apart; expected less than 60 s`,
      }
    : { result: 'ok', message: `less than ${apart + 1} s apart` };
}

async function checkKey({ slipway, signal }: Patient): Promise<Finding> {
  const { name, id } = await slipway.project({ signal });
  return { result: 'ok', message: `opens ${name} (${id})` };
}

/** Uploads some bytes, reads them back and deletes them. */
async function checkUpload({ slipway, signal }: Patient): Promise<Finding> {
  const startedAt = performance.now();
  const bytes = new Uint8Array(Buffer.from(randomBytes(512).toString('base64')));
  const name = 'slipway-doctor.txt';
  const file = await slipway.upload(bytes, { name, type: 'text/plain', signal });
  try {
    const response = await slipway.files.download(file.id, { signal });
    const back = createHash('sha256')
      .update(await response.bytes())
      .digest('hex');
    if (back !== createHash('sha256').update(bytes).digest('hex'))
      return { result: 'fail', message: 'Expected the bytes that were sent, received others' };
  } finally {
    await slipway.files.delete(file.id, { permanent: true, signal }).catch(() => null);
  }
  const ms = Math.round(performance.now() - startedAt);
  return { result: 'ok', message: `sent, verified, read back bit for bit and deleted in ${ms} ms` };
}

/** Asks, as a browser would, whether a page of that origin may send bytes to the storage. */
async function checkCors(patient: Patient): Promise<Finding> {
  const { slipway, origin, signal } = patient;
  const wish = { name: 'slipway-doctor.txt', size: 1, type: 'text/plain' };
  const target = await slipway.uploads.create(wish, { signal });
  const names = Object.keys(target.headers).map((name) => name.toLowerCase());
  const response = await ask(target.url, patient, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': target.method,
      ...(names.length > 0 && { 'access-control-request-headers': names.join(',') }),
    },
  });
  await response.body?.cancel();
  await slipway.files.delete(target.id, { permanent: true, signal }).catch(() => null);
  const allowed = response.headers.get('access-control-allow-origin');
  const { host } = new URL(target.url);
  if (response.ok && (allowed === '*' || allowed === origin))
    return { result: 'ok', message: `${host} takes bytes from pages of ${origin}` };
  return {
    result: 'fail',
    message: `Expected ${host} to allow ${target.method} from ${origin}, received ${response.status} with access-control-allow-origin ${allowed ?? 'missing'}. Allow it in the bucket’s CORS rules.`,
  };
}

async function checkCallback(patient: Patient): Promise<Finding> {
  const { callback } = patient;
  if (callback === undefined)
    return { result: 'skipped', message: 'give --callback https://your.app/api/slipway to try it' };
  const response = await ask(callback, patient).catch((error: unknown) => {
    throw new Error(`Expected an answer from ${callback}: ${String(error)}`);
  });
  await response.body?.cancel();
  if (response.status >= 500 || response.status === 404)
    return {
      result: 'fail',
      message: `Expected your upload route at ${callback}, received ${response.status}`,
    };
  return isLocal(callback)
    ? {
        result: 'warn',
        message: `${callback} answers here, but Slipway cannot reach it from outside; use "slipway listen" meanwhile`,
      }
    : {
        result: 'ok',
        message: `${callback} answers (${response.status}), as seen from this machine`,
      };
}

function isLocal(address: string): boolean {
  const { hostname } = new URL(address);
  return (
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    /^(127|10|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(hostname)
  );
}
