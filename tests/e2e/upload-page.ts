import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';
import { createUploadHandler, type Routes } from 'slipway/server';

/** A customer's page with the SDK's components, and the server behind it. */
export interface UploadPage {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves a page that renders `jsx`, which may use UploadButton and UploadDropzone. */
export async function serveUploadPage(options: {
  readonly slipway: string;
  readonly apiKey: string;
  readonly routes: Routes;
  readonly jsx?: string;
  /** Instead of React: what is in the page, and its script. */
  readonly plain?: { readonly html: string; readonly script: string };
}): Promise<UploadPage> {
  const { slipway, apiKey, routes, jsx = '', plain } = options;
  const handle = createUploadHandler({ url: slipway, apiKey, routes });
  const script = await bundle(plain?.script ?? reactPage(jsx));
  const html = `<!doctype html><html lang="en"><title>Uploads</title><link rel="icon" href="data:,"><main><h1>Uploads</h1><div id="root">${plain?.html ?? ''}</div></main><script src="/script.js"></script>`;
  const server = createServer(async (incoming, outgoing) => {
    if (incoming.url !== '/api/slipway') {
      const isScript = incoming.url === '/script.js';
      outgoing
        .writeHead(200, {
          'content-type': isScript ? 'text/javascript' : 'text/html',
          // As strict as a page can be: the components bring no inline styles of their own.
          ...(plain && {
            'content-security-policy': `default-src 'none'; script-src 'self'; connect-src *; img-src data:`,
          }),
        })
        .end(isScript ? script : html);
      return;
    }
    const pieces: Buffer[] = [];
    for await (const piece of incoming) pieces.push(piece as Buffer);
    const { method = 'GET', headers } = incoming;
    const response = await handle(
      new Request(`http://${headers.host}${incoming.url}`, {
        method,
        headers: Object.entries(headers).map(([name, value]) => [name, String(value)]),
        ...(method === 'POST' && { body: Buffer.concat(pieces) }),
      }),
    );
    outgoing
      .writeHead(response.status, Object.fromEntries(response.headers))
      .end(await response.text());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const reactPage = (jsx: string) => `
  import { createRoot } from 'react-dom/client';
  import { createUploadComponents } from 'slipway/react';
  const { UploadButton, UploadDropzone } = createUploadComponents();
  createRoot(document.getElementById('root')).render(<>${jsx}</>);`;

async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents,
      loader: 'tsx',
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    write: false,
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  return outputFiles[0]?.text ?? '';
}
