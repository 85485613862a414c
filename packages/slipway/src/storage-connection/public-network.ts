import { type LookupAddress, lookup } from 'node:dns';
import { once } from 'node:events';
import { type AgentOptions, Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { AppError } from '@repo/foundation/errors';
import { slipwayError } from '../errors.ts';
import type { Network } from '../storage/s3/network.ts';
import { isPublicAddress } from './public-address.ts';

/** More is no answer that a storage gives to a small question. */
const LARGEST_ANSWER = 16 * 1024 ** 2;

type Resolve = (
  host: string,
  options: { all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

export interface NetworkOptions {
  isAllowed?: (address: string) => boolean;
  resolve?: Resolve;
}

/** Says where it leads to nobody: that would map the network behind us. */
export function addressRefused(host: string): AppError {
  return slipwayError(
    'storage_unavailable',
    `"${host}" is not an address of the public internet. Whoever runs this Slipway may allow others with ALLOW_PRIVATE_STORAGE=true.`,
  );
}

/**
 * Reaches the public internet and nothing else: not this machine, not the network around it. Looked at
 * is the very address that is connected to, so that a name which leads elsewhere the second time, or
 * an answer that redirects, gains nothing.
 */
export function createPublicNetwork({
  isAllowed = isPublicAddress,
  resolve = lookup,
}: NetworkOptions = {}): Network {
  const guardedLookup: LookupFunction = (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error !== null || first === undefined) return done(error, []);
      if (!addresses.every(({ address }) => isAllowed(address))) {
        return done(addressRefused(host), []);
      }
      if (options.all === true) return done(null, addresses);
      done(null, first.address, first.family);
    });
  };
  const options: AgentOptions = { keepAlive: true, maxSockets: 64 };
  const httpAgent = guard(new HttpAgent({ ...options, lookup: guardedLookup }), isAllowed);
  const httpsAgent = guard(new HttpsAgent({ ...options, lookup: guardedLookup }), isAllowed);
  return { httpAgent, httpsAgent, fetch: fetchWith({ httpAgent, httpsAgent }) };
}

/** An address in place of a name is never looked up, so it is looked at here. */
function guard<A extends HttpAgent>(agent: A, isAllowed: (address: string) => boolean): A {
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const host = 'host' in options ? (options.host ?? '') : '';
    const address = host.replace(/^\[|\]$/g, '');
    if (isIP(address) !== 0 && !isAllowed(address)) throw addressRefused(address);
    return connect(options, callback);
  };
  return agent;
}

function fetchWith(agents: Pick<Network, 'httpAgent' | 'httpsAgent'>): Network['fetch'] {
  return async (url, { method = 'GET', headers, body, signal } = {}) => {
    const target = new URL(url);
    const secure = target.protocol === 'https:';
    const request = (secure ? httpsRequest : httpRequest)(target, {
      method,
      headers: Object.fromEntries(new Headers(headers)),
      agent: secure ? agents.httpsAgent : agents.httpAgent,
      ...(signal ? { signal } : {}),
    });
    request.end(bytesOf(body));
    const [response] = await once(request, 'response');
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of response) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > LARGEST_ANSWER) throw new Error(`an answer of more than ${LARGEST_ANSWER} bytes`);
    }
    const status: number = response.statusCode;
    const empty = [204, 205, 304].includes(status);
    return new Response(empty ? null : Buffer.concat(chunks), {
      status,
      headers: pairsOf(response.rawHeaders),
    });
  };
}

function bytesOf(body: RequestInit['body']): string | Uint8Array | undefined {
  if (body === undefined || body === null) return undefined;
  if (typeof body === 'string' || body instanceof Uint8Array) return body;
  throw new TypeError('expected a string or bytes to send');
}

function pairsOf(raw: string[]): [string, string][] {
  return raw.flatMap((name, index): [string, string][] =>
    index % 2 === 0 ? [[name, raw[index + 1] ?? '']] : [],
  );
}
