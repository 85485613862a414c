import { type LookupAddress, lookup } from 'node:dns';
import { type AgentOptions, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { AddressRule } from './private-targets.ts';

export type Resolve = (
  host: string,
  options: { all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

export interface GuardedAgents {
  httpAgent: HttpAgent;
  httpsAgent: HttpsAgent;
}

/**
 * Agents that connect to allowed addresses and to nothing else. Looked at is the very address that is
 * connected to, in the moment of connecting: a name that leads elsewhere the second time gains nothing.
 * They use no proxy, whatever the environment says.
 */
export function createGuardedAgents(wiring: {
  isAllowed: AddressRule;
  /** Says where it leads to nobody: that would map the network behind us. */
  refuse: (host: string) => Error;
  resolve?: Resolve | undefined;
  agent?: AgentOptions;
}): GuardedAgents {
  const { isAllowed, refuse, resolve = lookup } = wiring;
  const guardedLookup: LookupFunction = (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error !== null || first === undefined) return done(error ?? noAddress(host), []);
      if (!addresses.every(({ address }) => isAllowed(address))) return done(refuse(host), []);
      if (options.all === true) return done(null, addresses);
      done(null, first.address, first.family);
    });
  };
  const options: AgentOptions = {
    keepAlive: true,
    maxSockets: 64,
    ...wiring.agent,
    lookup: guardedLookup,
  };
  return {
    httpAgent: guard(new HttpAgent(options), wiring),
    httpsAgent: guard(new HttpsAgent(options), wiring),
  };
}

function noAddress(host: string): Error {
  return Object.assign(new Error(`"${host}" has no address`), { code: 'ENOTFOUND' });
}

/** An address in place of a name is never looked up, so it is looked at here. */
function guard<A extends HttpAgent>(
  agent: A,
  { isAllowed, refuse }: { isAllowed: AddressRule; refuse: (host: string) => Error },
): A {
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const host = 'host' in options ? (options.host ?? '') : '';
    const address = host.replace(/^\[|\]$/g, '');
    if (isIP(address) !== 0 && !isAllowed(address)) throw refuse(address);
    return connect(options, callback);
  };
  return agent;
}
