import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renderCli } from '../../scripts/docs-reference/render-cli.ts';
import { renderEnvironment } from '../../scripts/docs-reference/render-environment.ts';
import { renderSdkReference } from '../../scripts/docs-reference/render-sdk.ts';
import { root } from './import-graph.ts';

const page = (path: string) => readFileSync(join(root, 'apps/slipway/content/docs', path), 'utf8');
const HOW = 'run: node scripts/docs-reference.ts';

test('the reference of the SDK is what its declarations say', () => {
  expect(page('reference/sdk.md'), HOW).toBe(renderSdkReference(root));
});

test('the table of variables is what the configuration says', () => {
  expect(page('self-hosting/environment.md'), HOW).toBe(renderEnvironment());
});

test('the page of the command is what the command says of itself', () => {
  expect(page('reference/cli.md'), HOW).toBe(renderCli());
});

test('the Node that the command needs is the same wherever it is named', () => {
  const text = readFileSync(join(root, 'packages/cli/package.json'), 'utf8');
  const { node } = JSON.parse(text).engines;
  expect(page('cli.md')).toContain(`It needs Node.js ${node.replace('>=', '')} or newer.`);
});
