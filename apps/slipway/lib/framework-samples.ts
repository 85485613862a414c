/** A program of the docs. A test compiles it, and looks for it in the SDK's README. */
export interface Sample {
  readonly title: string;
  readonly file: string;
  readonly code: string;
}

const ROUTES = `const routes = {
  photos: route({ types: ['image/*'], maxSize: '20MB', maxFiles: 10 }).authorize(({ request }) => {
    const user = request.headers.get('x-user'); // your own sign-in
    if (!user) throw new UploadRejected('Sign in to upload.', { status: 401 });
    return { user };
  }),
};`;

const IMPORTS = 'createRouteHandler, route, UploadRejected';

export const serverSamples: readonly Sample[] = [
  {
    title: 'Hono',
    file: 'hono.ts',
    code: `import { Hono } from 'hono';
import { ${IMPORTS} } from 'slipway/hono';

${ROUTES}

const app = new Hono();
app.all('/api/slipway', createRouteHandler({ routes }));
export default app;`,
  },
  {
    title: 'Express',
    file: 'express.ts',
    code: `import express from 'express';
import { ${IMPORTS} } from 'slipway/express';

${ROUTES}

const app = express();
app.all('/api/slipway', createRouteHandler({ routes })); // before or behind express.json()
app.listen(3000);`,
  },
  {
    title: 'Fastify',
    file: 'fastify.ts',
    code: `import fastify from 'fastify';
import { ${IMPORTS} } from 'slipway/fastify';

${ROUTES}

const app = fastify();
app.all('/api/slipway', createRouteHandler({ routes }));
await app.listen({ port: 3000 });`,
  },
];

export const elementSample: Sample = {
  title: 'Any page',
  file: 'page.ts',
  code: `import 'slipway/element';

// <form><slipway-upload route="photos" name="photos" required></slipway-upload></form>
const upload = document.querySelector('slipway-upload');
if (upload) upload.labels = { choose: (many) => (many ? 'Dateien wählen' : 'Datei wählen') };
document.addEventListener('slipway-done', ({ detail }) => {
  console.log(detail.file.name, detail.result?.id, detail.serverData);
});`,
};

export const testingSample: Sample = {
  title: 'Your own tests',
  file: 'uploads.test.ts',
  code: `import { startTestSlipway } from 'slipway/testing';

const slipway = await startTestSlipway();
process.env.SLIPWAY_URL = slipway.url;
process.env.SLIPWAY_API_KEY = slipway.apiKey;

slipway.fail('PUT /ingest/', 'drop', { status: 503, times: 2 }); // your page tries again
// … run what uploads …
const { file, bytes } = await slipway.waitForFile('photo.png');
console.log(file.metadata, bytes?.length, slipway.calls.length);
await slipway.close();`,
};

export const fromUrlSample: Sample = {
  title: 'From an address',
  file: 'from-url.ts',
  code: `import { createSlipway } from 'slipway/server';

const slipway = createSlipway();
const file = await slipway.uploadFromUrl('https://example.com/kitchen.jpg', {
  metadata: { listing: 7 },
});
console.log(file.name, file.type, file.size);`,
};

export const allSamples: readonly Sample[] = [
  ...serverSamples,
  elementSample,
  testingSample,
  fromUrlSample,
];
