/** What `slipway init` writes: a route that says who may upload what, and a page that uses it. */
export interface Files {
  readonly route: { readonly path: string; readonly text: string };
  readonly page: { readonly path: string; readonly text: string };
}

/** `app` is the folder of the app router, below the project; `isTyped` when it is in TypeScript. */
export function filesFor({ app, isTyped }: { app: string; isTyped: boolean }): Files {
  const [script, component] = isTyped ? ['ts', 'tsx'] : ['js', 'jsx'];
  return {
    route: { path: `${app}/api/slipway/route.${script}`, text: routeText(isTyped) },
    page: { path: `${app}/upload/page.${component}`, text: pageText(isTyped) },
  };
}

const routeText = (isTyped: boolean) => `import { createRouteHandler, route } from 'slipway/next';

// Anybody may upload here: put .authorize(async ({ request }) => …) in the place of .public() to ask who it is.
const uploads = { file: route({ maxSize: '16MB' }).public() };
${isTyped ? 'export type Uploads = typeof uploads;\n' : ''}export const { GET, POST } = createRouteHandler({ routes: uploads });
`;

const pageText = (isTyped: boolean) => `'use client';
import { useState } from 'react';
import { createUploadComponents } from 'slipway/react';

const { UploadDropzone } = createUploadComponents${isTyped ? "<import('../api/slipway/route').Uploads>" : ''}();
export default function UploadPage() {
  const [done, setDone] = useState('');
  return <main style={{ maxWidth: 560, margin: '0 auto', padding: 32 }}><h1>Upload a file</h1><UploadDropzone route="file" onDone={({ result }) => setDone(\`${'$'}{result?.name} is ${'$'}{result?.id}\`)} /><p>{done}</p></main>;
}
`;
