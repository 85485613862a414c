import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderCli } from './docs-reference/render-cli.ts';
import { renderEnvironment } from './docs-reference/render-environment.ts';
import { renderSdkReference } from './docs-reference/render-sdk.ts';
import { root } from './stack/root.ts';

/** Writes the pages of the documentation that follow from code. */
const docs = join(root, 'apps/slipway/content/docs');
writeFileSync(join(docs, 'reference/sdk.md'), renderSdkReference(root));
writeFileSync(join(docs, 'self-hosting/environment.md'), renderEnvironment());
writeFileSync(join(docs, 'reference/cli.md'), renderCli());
