import type { Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';

/**
 * How a bucket is reached. One that a member named is reached by way of `publicNetwork`, and by nothing
 * else: neither by the SDK's own agents, nor by the global `fetch`, both of which go everywhere.
 */
export interface Network {
  httpAgent: HttpAgent;
  httpsAgent: HttpsAgent;
  /** Follows no redirects. */
  fetch: (url: string, init?: RequestInit) => Promise<Response>;
}
