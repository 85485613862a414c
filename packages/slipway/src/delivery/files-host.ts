interface Addresses {
  publicUrl: string;
  filesUrl: string;
}

/** How long a redirect is remembered: not for ever, the configuration may change. */
const REDIRECT_SECONDS = 300;

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

/** Whether a request came to the host of files, where nothing else is to be found. */
export function isForFilesHost(
  host: string | undefined,
  { publicUrl, filesUrl }: Addresses,
): boolean {
  const files = hostOf(filesUrl);
  return files !== hostOf(publicUrl) && host?.toLowerCase() === files;
}
