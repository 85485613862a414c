import type { CodeSample } from '@repo/ui/code-block';

/** The same upload three ways. Each is meant to be pasted and to work as it stands. */
export function uploadSamples(url: string): [CodeSample, CodeSample, CodeSample] {
  return [
    { label: 'curl', language: 'bash', code: curl(url) },
    { label: 'fetch', language: 'ts', code: fetchSample(url) },
    { label: 'SDK', language: 'ts', code: sdk(url) },
  ];
}

const curl = (url: string) => `export SLIPWAY_API_KEY="sk_live_…"
FILE=kitchen.jpg TYPE=image/jpeg

# 1. Ask for a URL: it takes this file once, exactly this size and type
TICKET=$(curl -s ${url}/api/upload-url \\
  -H "Authorization: Bearer $SLIPWAY_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d "{\\"name\\":\\"$FILE\\",\\"size\\":$(wc -c < $FILE),\\"type\\":\\"$TYPE\\"}")

# 2. Send the bytes there, with the headers it names
echo "$TICKET" | jq -r '.headers | to_entries[] | "\\(.key): \\(.value)"' |
  curl -s -T "$FILE" -H @- "$(echo "$TICKET" | jq -r .url)"

# 3. Say that they are there; the answer is the verified file
curl -s ${url}/api/upload-complete \\
  -H "Authorization: Bearer $SLIPWAY_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d "{\\"id\\":$(echo "$TICKET" | jq .id)}"`;

const fetchSample = (url: string) => `const api = (path: string, body: object) =>
  fetch(\`${url}/api/\${path}\`, {
    method: 'POST',
    headers: {
      authorization: \`Bearer \${process.env.SLIPWAY_API_KEY}\`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  }).then((response) => response.json());

// 1. On your server: ask for a URL
const ticket = await api('upload-url', { name: file.name, size: file.size, type: file.type });

// 2. In the browser, or anywhere: send the bytes there
await fetch(ticket.url, { method: ticket.method, headers: ticket.headers, body: file });

// 3. On your server: say that they are there
const ready = await api('upload-complete', { id: ticket.id });`;

const sdk = (
  url: string,
) => `// From a checkout of Slipway, as packages/sdk/README.md says; it is not on npm yet
import { openAsBlob } from 'node:fs';
import { createSlipway } from 'slipway/server';

const slipway = createSlipway({
  url: '${url}',
  apiKey: process.env.SLIPWAY_API_KEY,
});

// All three calls, retried where that is safe, hashed on the way
const file = await slipway.upload(await openAsBlob('kitchen.jpg'), { name: 'kitchen.jpg' });

file.status; // 'ready'`;
