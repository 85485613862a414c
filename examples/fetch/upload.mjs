// Uploads a file to Slipway with nothing but fetch, downloads it again and compares the two.
//
//   SLIPWAY_URL=http://127.0.0.1:3000 SLIPWAY_API_KEY=sk_live_… node upload.mjs picture.jpg image/jpeg

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';

const { SLIPWAY_URL, SLIPWAY_API_KEY } = process.env;
const [path, type = 'application/octet-stream'] = process.argv.slice(2);
if (!path || !SLIPWAY_URL || !SLIPWAY_API_KEY) {
  console.error('Usage: SLIPWAY_URL=… SLIPWAY_API_KEY=… node upload.mjs <file> [type]');
  process.exit(2);
}

/** One call of the API; answers that are not 2xx become errors with Slipway's words. */
async function api(method, resource, body) {
  const response = await fetch(`${SLIPWAY_URL}/api/${resource}`, {
    method,
    headers: { authorization: `Bearer ${SLIPWAY_API_KEY}`, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${answer.error.code}: ${answer.error.message}`);
  return answer;
}

const bytes = await readFile(path);
const sha256 = createHash('sha256').update(bytes).digest('hex');

// 1. Ask for a place.
const ticket = await api('POST', 'upload-url', {
  name: basename(path),
  size: bytes.length,
  type,
  sha256,
});

// 2. Send the bytes there, with exactly the headers of the answer.
const stored = await fetch(ticket.url, {
  method: ticket.method,
  headers: ticket.headers,
  body: bytes,
});
if (!stored.ok) throw new Error(`The storage answered ${stored.status}: ${await stored.text()}`);

// 3. Have them checked: `ready` means that they are there, whole, and of the type they claim.
const file = await api('POST', 'upload-complete', { id: ticket.id });

// 4. Get them back and compare.
const { url } = await api('GET', `files/${file.id}/url`);
const copy = Buffer.from(await (await fetch(url)).arrayBuffer());
if (!copy.equals(bytes)) throw new Error('The download differs from the file.');

console.log(
  JSON.stringify({ id: file.id, status: file.status, sha256: file.sha256, url }, null, 2),
);
