// What the same framework does when there is nothing to do: no key, no rules, no row, no signature.
import { createServer } from 'node:net';
import { createRouter, serve } from '@repo/foundation/http';
import { scriptInput, scriptResult } from '../child-process.ts';

const { answer } = scriptInput<{ answer: Record<string, unknown> }>();
const app = createRouter();
app.post('/api/upload-url', async (c) => {
  await c.req.json();
  return c.json(answer, 201);
});
const port = await new Promise<number>((resolve) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const address = probe.address();
    probe.close(() => resolve(address && typeof address === 'object' ? address.port : 0));
  });
});
await serve({ app, appPaths: [], host: '127.0.0.1', port });
scriptResult({ url: `http://127.0.0.1:${port}` });
