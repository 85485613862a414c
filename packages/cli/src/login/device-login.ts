import { spawn } from 'node:child_process';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { SlipwayError } from 'slipway/server';
import type { Cli } from '../cli.ts';

const TIMEOUT_MS = 30_000;
/** While Slipway is not there, so often in a row. */
const FAILURES = 10;

interface Started {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly verificationUri: string;
  readonly verificationUriComplete: string;
  readonly interval: number;
}

type Claimed =
  | { readonly status: 'pending'; readonly interval: number }
  | { readonly status: 'approved'; readonly apiKey: string };

/** A key that somebody approves in a browser, on this machine or another (RFC 8628). */
export async function loginByBrowser(cli: Cli, url: string): Promise<string> {
  const { out, signal } = cli;
  const clientName = [...hostname()].slice(0, 64).join('') || 'this machine';
  const start = `${url}/api/device-login`;
  const begun = await post<Started>(start, { clientName }, signal);
  out.tell({ type: 'device_code', ...shown(begun) }, () =>
    [
      `Open   ${begun.verificationUri}`,
      `Code   ${out.paint('bold', begun.userCode)}`,
      'Waiting for you to approve it there …',
    ].join('\n'),
  );
  if (out.canAsk && isOwn(begun.verificationUriComplete, url))
    openBrowser(begun.verificationUriComplete);
  let failures = 0;
  let wait = begun.interval;
  for (;;) {
    await sleep(wait * 1000, undefined, { signal });
    try {
      const { deviceCode } = begun;
      const answer = await post<Claimed>(`${start}/claim`, { deviceCode }, signal);
      if (answer.status === 'approved') return answer.apiKey;
      [failures, wait] = [0, answer.interval];
    } catch (error) {
      if (!(error instanceof SlipwayError) || failures === FAILURES) throw error;
      if (error.status === 429) wait += begun.interval;
      else if (error.status === 0 || error.status >= 500) failures += 1;
      else throw error;
    }
  }
}

const shown = ({ userCode, verificationUri, verificationUriComplete }: Started) => ({
  userCode,
  verificationUri,
  verificationUriComplete,
});

/** What a server names is opened only where it is a page of its own. */
const isOwn = (address: string, url: string) =>
  URL.canParse(address) && new URL(address).origin === new URL(url).origin;

async function post<T>(url: string, body: object, signal: AbortSignal): Promise<T> {
  const { host } = new URL(url);
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    redirect: 'error',
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
  }).catch((cause: unknown) => {
    signal.throwIfAborted();
    const why = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
    throw new SlipwayError({
      code: 'network_error',
      message: `Could not reach ${host} (${why instanceof Error ? why.message : String(why)}).`,
    });
  });
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok && answer !== null) return answer as T;
  const { error } = (answer ?? {}) as {
    error?: { code: string; message: string; docs: string; requestId: string };
  };
  const { status } = response;
  throw new SlipwayError({
    ...{ status, docs: error?.docs ?? null, requestId: error?.requestId ?? null },
    code: error?.code ?? 'unexpected_answer',
    message:
      error?.message ??
      `Expected ${host} to let command lines sign in, received ${status}. Is it the address of a Slipway?`,
  });
}

/** Where there is none, whoever reads the address opens it. */
function openBrowser(address: string): void {
  const [command, args] =
    process.platform === 'darwin'
      ? ['open', [address]]
      : process.platform === 'win32'
        ? ['rundll32', ['url.dll,FileProtocolHandler', address]]
        : ['xdg-open', [address]];
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
