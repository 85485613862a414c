import { type LookupAddress, lookup } from 'node:dns';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { Readable } from 'node:stream';
import { failureOf, GuardedFetchError, type Limit } from './failure.ts';
import { createGuardedAgents, type Resolve } from './guarded-agents.ts';
import type { AddressRule } from './private-targets.ts';
import { isPublicAddress } from './public-address.ts';

export interface GuardedRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** For everything together: finding, connecting, sending, and reading the answer. */
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

interface AnswerHead {
  status: number;
  /** Lower-case names; of several with one name, joined by commas. */
  headers: Record<string, string>;
}

export interface OpenAnswer extends AnswerHead {
  /** Fails when time runs out. To be read to its end, or destroyed. */
  body: Readable;
}

export interface WholeAnswer extends AnswerHead {
  /** Its first `maxBytes`. */
  body: Buffer;
  /** True when there was more. */
  isCut: boolean;
}

/** Every request to an address that a user named goes through one of these. */
export interface GuardedFetch {
  /** Reads the answer, up to `maxBytes`. @throws `GuardedFetchError` */
  send(url: string, request: GuardedRequest & { maxBytes: number }): Promise<WholeAnswer>;
  /** For large answers: the caller reads, and counts. @throws `GuardedFetchError` */
  open(url: string, request: GuardedRequest): Promise<OpenAnswer>;
  /** Whether its shape allows it to be asked. @throws `GuardedFetchError` */
  checkUrl(url: string): URL;
  /**
   * Where it leads now, for a form to say; what counts is asked again in the moment of connecting.
   * @throws `GuardedFetchError` for what is no address that is asked.
   */
  lookAt(url: string): Promise<'public' | 'inside' | 'refused' | 'unknown'>;
  close(): void;
}

/**
 * Reaches what `isAllowed` allows and nothing else; follows no redirects (they are answers), sends no
 * cookies, asks no proxy.
 */
export function createGuardedFetch({
  isAllowed,
  resolve,
}: {
  isAllowed: AddressRule;
  resolve?: Resolve;
}): GuardedFetch {
  const agents = createGuardedAgents({
    isAllowed,
    resolve,
    refuse: (host) =>
      new GuardedFetchError(
        'address_refused',
        `"${host}" is not an address of the public internet.`,
      ),
    agent: { maxSockets: 256 },
  });

  async function ask(url: string, input: GuardedRequest): Promise<OpenAnswer & { limit: Limit }> {
    const target = checkUrl(url);
    const { method = 'GET', headers, body, timeoutMs } = input;
    const timeout = AbortSignal.timeout(timeoutMs);
    const limit = { timeout, timeoutMs };
    const secure = target.protocol === 'https:';
    try {
      const request = (secure ? httpsRequest : httpRequest)(target, {
        method,
        headers: { 'accept-encoding': 'identity', ...headers },
        agent: secure ? agents.httpsAgent : agents.httpAgent,
        signal: input.signal ? AbortSignal.any([input.signal, timeout]) : timeout,
      });
      // What goes wrong after the answer began is told by its body.
      request.on('error', () => undefined);
      request.end(body);
      const [response]: IncomingMessage[] = await once(request, 'response');
      if (response === undefined) throw new Error('there is no response');
      return {
        status: response.statusCode ?? 0,
        headers: joined(response),
        body: response,
        limit,
      };
    } catch (error) {
      throw failureOf(error, limit);
    }
  }

  return {
    checkUrl,
    lookAt: async (url) => lookAt(checkUrl(url), { isAllowed, resolve }),
    async open(url, input) {
      const { limit: _, ...answer } = await ask(url, input);
      return answer;
    },
    async send(url, { maxBytes, ...input }) {
      const { limit, body, ...head } = await ask(url, input);
      try {
        return { ...head, ...(await readUpTo(body, maxBytes)) };
      } catch (error) {
        throw failureOf(error, limit);
      }
    },
    close() {
      agents.httpAgent.destroy();
      agents.httpsAgent.destroy();
    },
  };
}

/** @throws `GuardedFetchError` for what is no http address, or brings credentials along. */
function checkUrl(url: string): URL {
  const target = URL.parse(url);
  const refused = (message: string) => new GuardedFetchError('url_refused', message);
  if (target === null) throw refused('expected an address such as https://example.com/hooks');
  if (target.protocol !== 'https:' && target.protocol !== 'http:')
    throw refused(`expected an address that begins with https://, not ${target.protocol}//`);
  if (target.username !== '' || target.password !== '')
    throw refused('expected an address without a user name or password in it');
  return target;
}

async function lookAt(
  { hostname }: URL,
  { isAllowed, resolve = lookup }: { isAllowed: AddressRule; resolve?: Resolve | undefined },
): Promise<'public' | 'inside' | 'refused' | 'unknown'> {
  const host = hostname.replace(/^\[|\]$/g, '');
  const addresses =
    isIP(host) === 0
      ? await new Promise<LookupAddress[]>((done) =>
          resolve(host, { all: true }, (_error, found) => done(found ?? [])),
        )
      : [{ address: host }];
  if (addresses.length === 0) return 'unknown';
  if (!addresses.every(({ address }) => isAllowed(address))) return 'refused';
  return addresses.every(({ address }) => isPublicAddress(address)) ? 'public' : 'inside';
}

function joined(response: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(response.headers).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}

async function readUpTo(body: Readable, most: number): Promise<{ body: Buffer; isCut: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > most) break;
  }
  return { body: Buffer.concat(chunks).subarray(0, most), isCut: size > most };
}
