export const dynamic = 'force-static';

/** Made anew with each build, so that browsers notice a new version. */
const build = Date.now().toString(36);

export function GET(): Response {
  return new Response(`self.BUILD = '${build}';\nimportScripts('/service-worker.js');\n`, {
    headers: { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-cache' },
  });
}
