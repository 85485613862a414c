// The peer: tus's own server with its own file store, as its page shows it.
import { createServer } from 'node:http';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import { scriptInput, scriptResult } from '../child-process.ts';

const { directory } = scriptInput<{ directory: string }>();
const tus = new Server({ path: '/files', datastore: new FileStore({ directory }) });
const http = createServer((incoming, response) => void tus.handle(incoming, response));
http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  const port = address && typeof address === 'object' ? address.port : 0;
  scriptResult({ url: `http://127.0.0.1:${port}` });
});
