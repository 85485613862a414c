import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './import-graph.ts';

const PAGES = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

const FOLDERS = /^(?:apps|packages|tests|scripts|bench|docs|examples|\.ci)\//;
const ROOT_FILE = /^[\w.-]+\.(?:md|json|config\.ts|example)$/;

interface Mention {
  readonly page: string;
  readonly path: string;
}

function mentionsOn(page: string): Mention[] {
  const text = readFileSync(join(root, page), 'utf8');
  const quoted = [...text.matchAll(/`([^`\n]+)`/g)]
    .flatMap((match) => (match[1] ?? '').split(/\s+/))
    .map((word) => word.replace(/[.,;:)]+$/, ''))
    .filter((word) => FOLDERS.test(word) && !/[<>…]/.test(word));
  const linked = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
    .map((match) => match[1] ?? '')
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => join(dirname(page), target));
  return [...quoted, ...linked].map((path) => ({ page, path }));
}

function exists(path: string): boolean {
  if (/[*{]/.test(path)) return globSync(path, { cwd: root }).length > 0;
  return existsSync(join(root, path));
}

test('every path that the docs name exists', () => {
  const mentions = PAGES.flatMap(mentionsOn);
  expect(mentions.length).toBeGreaterThan(10);
  expect(mentions.filter(({ path }) => !exists(path))).toEqual([]);
});

test('every file of the root that the docs name exists', () => {
  const named = PAGES.flatMap((page) => {
    const text = readFileSync(join(root, page), 'utf8');
    return [...text.matchAll(/`([^`\s]+)`/g)].map((match) => match[1] ?? '');
  }).filter((word) => ROOT_FILE.test(word));
  // Files of that form that are not the root's.
  const elsewhere = new Set(['package.json', 'demo.json', 'secrets.json', 'openapi.json']);
  const missing = [...new Set(named)].filter((name) => !elsewhere.has(name) && !exists(name));
  expect(missing).toEqual([]);
});

test('the picture that the README’s curl sample falls back on is a JPEG of the checkout', () => {
  const sample = readFileSync(join(root, 'README.md'), 'utf8').split('<!-- example: curl -->')[1];
  const [, picture = ''] = /\|\| cp (\S+) "\$FILE"/.exec(sample ?? '') ?? [];
  expect(readFileSync(join(root, picture)).subarray(0, 3)).toEqual(Buffer.from('ffd8ff', 'hex'));
});
