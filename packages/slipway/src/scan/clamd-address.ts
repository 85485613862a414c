import { isAbsolute } from 'node:path';

export type ClamdAddress = { host: string; port: number } | { path: string };

const DEFAULT_PORT = 3310;

/** Undefined for anything but `tcp://host[:port]` and `unix:/path`. */
export function parseClamdAddress(address: string): ClamdAddress | undefined {
  if (address.startsWith('unix:')) {
    const path = address.slice('unix:'.length).replace(/^\/\/(?=\/)/, '');
    return isAbsolute(path) && !path.startsWith('//') ? { path } : undefined;
  }
  const url = URL.parse(address);
  if (url === null || url.protocol !== 'tcp:' || url.hostname === '') return undefined;
  // What clamd cannot use would be ignored in silence.
  if (url.username || url.password || url.search || url.hash || !/^\/?$/.test(url.pathname)) {
    return undefined;
  }
  const port = url.port === '' ? DEFAULT_PORT : Number(url.port);
  if (port === 0) return undefined;
  return { host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port };
}
