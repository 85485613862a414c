import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { AppError } from '@repo/foundation/errors';
import {
  type AddressRule,
  createGuardedAgents,
  isPublicAddress,
  type Resolve,
} from '@repo/foundation/guarded-fetch';
import { slipwayError } from '../errors.ts';
import type { Network } from '../storage/s3/network.ts';

/** More is no answer that a storage gives to a small question. */
const LARGEST_ANSWER = 16 * 1024 ** 2;

interface NetworkOptions {
  isAllowed?: AddressRule;
  resolve?: Resolve;
}

function addressRefused(host: string): AppError {
  return slipwayError(
    'storage_unavailable',
    `"${host}" is not an address of the public internet. Whoever runs this Slipway may allow others with ALLOW_PRIVATE_STORAGE=true.`,
  );
}

/** Reaches buckets on the public internet and nothing else: not this machine, not the network around it. */
export function createPublicNetwork({
  isAllowed = isPublicAddress,
  resolve,
}: NetworkOptions = {}): Network {
  const agents = createGuardedAgents({ isAllowed, refuse: addressRefused, resolve });
  return { ...agents, fetch: fetchWith(agents) };
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
