import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Declaration, exportsOf, withDeclarations } from './declarations.ts';

/** What is written about each entry; those that the SDK does not have are left out. */
const ABOUT: Readonly<Record<string, string>> = {
  server:
    'A typed client for your server, and the route handler of any server that speaks `Request` and `Response`.',
  next: 'The same for Next.js, with its methods.',
  hono: 'The same as a handler of Hono.',
  express: 'The same as a handler of Express, or of `node:http`.',
  fastify: 'The same as a handler of Fastify.',
  client: 'Uploads in the browser without a framework.',
  react: 'Button, dropzone and hook for React.',
  element: 'A web component for every other page.',
  testing: 'A Slipway in memory, for your own tests.',
};

const HEAD = `---
title: SDK
description: Everything that the package slipway exports, from its own types.
---

The signatures are those of the compiler's declarations: \`node scripts/docs-reference.ts\` writes this page, and a
test says when it is old. How things fit together is told in [Getting started](/docs).
`;

/** \`content/docs/reference/sdk.md\`, from the declarations of \`packages/sdk\`. */
export function renderSdkReference(root: string): string {
  const manifest = readFileSync(join(root, 'packages/sdk/package.json'), 'utf8');
  const exported = Object.keys((JSON.parse(manifest) as { exports: object }).exports);
  const entries = exported.map((path) => path.slice(2));
  const untold = entries.filter((entry) => ABOUT[entry] === undefined);
  if (untold.length > 0) throw new Error(`Say what ${untold.join(', ')} is for, in ABOUT.`);
  const told = Object.keys(ABOUT).filter((entry) => entries.includes(entry));
  return withDeclarations({ root, entries }, (folder) => {
    const seen = new Set<string>();
    const chapters = told.map((entry) => {
      const all = exportsOf(join(folder, entry, 'index.d.ts'));
      const own = all.filter(({ name, text }) => !seen.has(`${name} ${text}`));
      for (const { name, text } of all) seen.add(`${name} ${text}`);
      return chapter(entry, own);
    });
    return `${HEAD}\n${chapters.join('\n')}`;
  });
}

function chapter(entry: string, declarations: readonly Declaration[]): string {
  const parts = [...declarations].sort((a, b) => rank(a) - rank(b)).map(declarationText);
  return `## slipway/${entry}\n\n${ABOUT[entry]}\n\n${parts.join('\n')}`;
}

/** What is called first, then what it takes and gives. */
function rank({ text }: Declaration): number {
  return ['function', 'class', 'const'].findIndex((word) => text.startsWith(word)) >= 0 ? 0 : 1;
}

function declarationText({ name, comment, text }: Declaration): string {
  const about = comment === '' ? '' : `${comment.replaceAll(/\s*\n\s*/g, ' ')}\n\n`;
  return `### ${name}\n\n${about}\`\`\`ts declaration\n${text.trim()}\n\`\`\`\n`;
}
