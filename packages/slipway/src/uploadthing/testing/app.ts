/** A customer's server with the unmodified SDK: all it knows of Slipway is in its environment. */
import { appendFileSync, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRouteHandler, createUploadthing, type FileRouter } from 'uploadthing/server';

/** Where it writes down what it does, and the file that makes it hang in its handler. */
const { EFFECTS = '', HANG = '', PORT = '0' } = process.env;
const note = (line: string) => appendFileSync(EFFECTS, `${line}\n`);

const f = createUploadthing();
const router = {
  anything: f({ blob: { maxFileSize: '16MB', maxFileCount: 4 } })
    .middleware(() => ({ user: 'user_1' }))
    .onUploadError(({ fileKey }) => note(`error ${fileKey}`))
    .onUploadComplete(async ({ metadata, file }) => {
      note(`started ${file.key}`);
      if (existsSync(HANG)) await new Promise(() => undefined);
      note(`done ${file.key}`);
      return { uploadedBy: metadata.user, hash: file.fileHash, at: file.ufsUrl };
    }),
  quiet: f({ blob: { maxFileSize: '16MB' } }, { awaitServerData: false })
    .middleware(() => ({}))
    .onUploadComplete(({ file }) => note(`done ${file.key}`)),
} satisfies FileRouter;
const handle = createRouteHandler({ router, config: { logLevel: 'None' } });

const server = createServer(async (incoming, outgoing) => {
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece as Buffer);
  const { method = 'GET', headers, url = '/' } = incoming;
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
server.listen(Number(PORT), '127.0.0.1', () => process.send?.(server.address()));
