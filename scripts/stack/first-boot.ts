import { randomBytes } from 'node:crypto';
import { runTool } from './child.ts';
import { type Secrets, saveSecrets } from './data-folder.ts';
import { type Demo, writeDemo } from './demo.ts';
import { entryOf } from './entry.ts';
import type { Mode, Product } from './products.ts';
import { Refusal } from './refusal.ts';
import { isObject, type Json, stringIn } from './state-file.ts';

export interface FirstBootParts {
  readonly dataDir: string;
  readonly mode: Mode;
  readonly secrets: Secrets;
  readonly slipway: Product;
  readonly photoestate: Product;
  /** Only embedded defaults get a demo account: nobody wants one in a shared database. */
  readonly withDemo: boolean;
  readonly signal: AbortSignal;
}

/**
 * Both products get their tables, PhotoEstate Pro its project and key in Slipway, and the demo
 * its accounts. The key is kept last: a boot that dies before begins here again, and the seeds
 * find what they made.
 */
export async function firstBoot(parts: FirstBootParts): Promise<Secrets> {
  const { slipway, photoestate, withDemo, dataDir } = parts;
  const password = parts.secrets.demoPassword ?? randomBytes(12).toString('base64url');
  // Kept before it is used: a second try must name the password that the first one set.
  saveSecrets(dataDir, { ...parts.secrets, demoPassword: password });
  const seeding = { ...parts, password };
  const seedSlipway = await seed(slipway, seeding);
  const apiKey = need(seedSlipway, slipway, ['photoestate', 'apiKey']);
  const withKey = { ...photoestate, env: { ...photoestate.env, SLIPWAY_API_KEY: apiKey } };
  const seedPhotoestate = await seed(withKey, seeding);
  if (withDemo) {
    const seeded = { slipway: seedSlipway, photoestate: seedPhotoestate };
    writeDemo(dataDir, demoOf({ slipway, photoestate }, seeded, password));
  }
  const secrets = { ...parts.secrets, photoestateApiKey: apiKey, demoPassword: undefined };
  saveSecrets(dataDir, secrets);
  return secrets;
}

function demoOf(
  { slipway, photoestate }: Pick<FirstBootParts, 'slipway' | 'photoestate'>,
  seeded: { readonly slipway: Json; readonly photoestate: Json },
  password: string,
): Demo {
  return {
    slipway: {
      url: slipway.url,
      email: need(seeded.slipway, slipway, ['demo', 'email']),
      password,
      projectId: need(seeded.slipway, slipway, ['demo', 'projectId']),
      apiKey: need(seeded.slipway, slipway, ['demo', 'apiKey']),
    },
    photoestate: {
      url: photoestate.url,
      email: need(seeded.photoestate, photoestate, ['demo', 'email']),
      password,
    },
  };
}

async function seed(
  product: Product,
  { withDemo, signal, mode, password }: FirstBootParts & { readonly password: string },
): Promise<Json> {
  const env = withDemo ? { ...product.env, SEED_DEMO_PASSWORD: password } : product.env;
  const args = [entryOf(product.app, 'seed', mode)];
  const result = await runTool({ args, env }, signal);
  const json = result.out.map(parse).findLast((value) => value !== undefined);
  if (result.code === 0 && json) return json;
  const said = [...result.out, ...result.err].filter((line) => line.trim() !== '').slice(-20);
  throw new Refusal(
    [...said, `${product.title} could not set up its database (above).`].join('\n'),
  );
}

/** The seed's own line, not one of the logs beside it. */
function parse(line: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) && !('level' in value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function need(json: Json, product: Product, path: string[]): string {
  const value = stringIn(json, ...path);
  if (value) return value;
  throw new Refusal(`apps/${product.app}/seed.ts printed no ${path.join('.')}.`);
}
