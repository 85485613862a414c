import type { HttpApp, NodeHandler } from '@repo/foundation/http';
import type { SlipwayEnv } from '../env.ts';
import { slipwayError } from '../errors.ts';

type Environment = Pick<SlipwayEnv, 'SLIPWAY_URL' | 'FILES_URL'>;

interface Addresses {
  publicUrl: string;
  filesUrl: string;
}

/** How long a redirect is remembered: not for ever, the configuration may change. */
const REDIRECT_SECONDS = 300;

/** Where files are: our own addresses, and those of UploadThing's SDKs. */
const FILE_PATHS = ['/f/', '/a/'];

const hostOf = (url: string) => new URL(url).host;

/**
 * With a host of their own, files are not served where people are signed in: the request is sent
 * there. Only from the known host: behind a proxy that writes another name into `Host`, a redirect of
 * everything else could go in circles.
 */
export function redirectToFilesHost(
  request: Request,
  { publicUrl, filesUrl }: Addresses,
): Response | null {
  const { host, pathname, search } = new URL(request.url);
  if (host === hostOf(filesUrl) || host !== hostOf(publicUrl)) return null;
  return new Response(null, {
    status: 307,
    headers: {
      location: `${filesUrl}${pathname}${search}`,
      'cache-control': `private, max-age=${REDIRECT_SECONDS}`,
      'access-control-allow-origin': '*',
    },
  });
}

/** The host that is for files alone; null when they are served where everything else is. */
function filesHost({ SLIPWAY_URL, FILES_URL }: Environment): string | null {
  if (FILES_URL === undefined || hostOf(FILES_URL) === hostOf(SLIPWAY_URL)) return null;
  return hostOf(FILES_URL);
}

/** Where files have a host of their own, nothing else is to be found there. */
export function onlyFilesOnTheirHost(app: HttpApp, env: Environment): void {
  const host = filesHost(env);
  if (host === null) return;
  app.use(async (c, next) => {
    const url = new URL(c.req.url);
    if (url.host === host && !FILE_PATHS.some((path) => url.pathname.startsWith(path))) {
      throw slipwayError('not_found', 'There are only files at this address.');
    }
    await next();
  });
}

/** The same for pages, which do not come past the router. */
export function noPagesOnFilesHost(pages: NodeHandler, env: Environment): NodeHandler {
  const host = filesHost(env);
  if (host === null) return pages;
  return (request, response) => {
    if (request.headers.host?.toLowerCase() !== host) return pages(request, response);
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' });
    response.end('There are only files at this address.\n');
    return undefined;
  };
}
