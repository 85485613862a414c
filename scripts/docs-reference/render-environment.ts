import { SlipwayEnv } from '@repo/slipway/env';

const HEAD = `---
title: Environment
description: Every variable of Slipway, its default, and what it is for.
---

\`npm start\` brings a database and secrets of its own, and needs none of these; a process that is started by itself needs
those that are required. A start with a wrong value names every wrong variable at once, and does nothing else.
\`node scripts/docs-reference.ts\` writes this table from the configuration's own schema.

| variable | |
|---|---|
`;

/** \`content/docs/self-hosting/environment.md\`, from the configuration's schema. */
export function renderEnvironment(): string {
  const rows = Object.entries(SlipwayEnv.shape).map(([name, schema]) => {
    const { success, data } = schema.safeParse(undefined);
    const isPlain = ['string', 'number', 'boolean'].includes(typeof data) && data !== '';
    const end = !success ? 'Required.' : isPlain ? `Default \`${shown(data)}\`.` : '';
    const about = schema.description ?? '';
    return `| \`${name}\` | ${[sentence(about), end].filter((part) => part !== '').join(' ')} |`;
  });
  return `${HEAD}${rows.join('\n')}\n`;
}

/** Paths are made absolute, which is this machine's and nobody else's. */
function shown(value: unknown): string {
  const text = String(value);
  return text.startsWith(`${process.cwd()}/`) ? text.slice(process.cwd().length + 1) : text;
}

function sentence(text: string): string {
  const clean = text.replaceAll('|', '\\|');
  return clean === ''
    ? ''
    : `${clean[0]?.toUpperCase()}${clean.slice(1)}${/[.:]$/.test(clean) ? '' : '.'}`;
}
