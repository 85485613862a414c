import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';
import { createRouteHandler, createUploadthing, type FileRouter } from 'uploadthing/server';

/** A customer's app on UploadThing's unmodified packages; where it uploads to is in its environment alone. */
export interface UploadthingApp {
  readonly url: string;
  close(): Promise<void>;
}

const f = createUploadthing();
const router = {
  picture: f({ image: { maxFileSize: '4MB', maxFileCount: 4 } })
    .middleware(() => ({ user: 'user_1' }))
    .onUploadComplete(({ metadata, file }) => ({ says: `${metadata.user} has ${file.name}` })),
} satisfies FileRouter;

export async function serveUploadthingApp(): Promise<UploadthingApp> {
  const handle = createRouteHandler({ router, config: { logLevel: 'None' } });
  const script = await bundle();
  const html = `<!doctype html><html lang="en"><title>App</title><link rel="icon" href="data:,"><main><h1>App</h1><div id="root"></div></main><script src="/script.js"></script>`;
  const server = createServer(async (incoming, outgoing) => {
    const { method = 'GET', headers, url = '/' } = incoming;
    if (!url.startsWith('/api/uploadthing')) {
      const isScript = url === '/script.js';
      outgoing
        .writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' })
        .end(isScript ? script : html);
      return;
    }
    const pieces: Buffer[] = [];
    for await (const piece of incoming) pieces.push(piece as Buffer);
    const response = await handle(
      new Request(`http://${headers.host}${url}`, {
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

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { useState } from 'react';
        import { createRoot } from 'react-dom/client';
        import { generateUploadButton } from '@uploadthing/react';
        const UploadButton = generateUploadButton();
        function App() {
          const [lines, setLines] = useState([]);
          return <>
            <UploadButton
              endpoint="picture"
              onClientUploadComplete={(files) => setLines(files.map((file) => [file.serverData?.says, file.ufsUrl]))}
              onUploadError={(error) => setLines([['failed: ' + error.message, JSON.stringify(error.data ?? null)]])}
            />
            {lines.map(([says, url]) => <p key={url}><span data-testid="says">{says}</span> <a href={url}>open</a></p>)}
          </>;
        }
        createRoot(document.getElementById('root')).render(<App />);`,
      loader: 'tsx',
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    write: false,
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"', 'import.meta.env': '{}' },
  });
  return outputFiles[0]?.text ?? '';
}
