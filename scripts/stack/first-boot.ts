import { randomBytes } from 'node:crypto';
import { randomToken } from '@repo/foundation/ids';
import { runTool } from './child.ts';
import { type FirstBootSecrets, type Secrets, saveSecrets } from './data-folder.ts';
import { type Demo, writeDemo } from './demo.ts';
import { entryOf } from './entry.ts';
import type { Mode, Product } from './products.ts';
import { Refusal } from './refusal.ts';
import { isObject, type Json, stringIn } from './state-file.ts';

/** With this code a seed says what a person has to set; its own words are enough. */
const EX_CONFIG = 78;

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
 * its accounts. All secrets are kept before they are used: a boot that dies begins here again with
 * the same ones, and the seeds find what they made.
 */
export async function firstBoot(parts: FirstBootParts): Promise<Secrets> {
  const { slipway, photoestate, withDemo, dataDir } = parts;
  const given = process.env['SLIPWAY_API_KEY'];
  if (given && !withDemo) requireSecretsBeside(process.env);
  const own = parts.secrets.firstBoot ?? newSecrets();
  saveSecrets(dataDir, { ...parts.secrets, firstBoot: own });
  const apiKey = given || own.photoestateApiKey;
  const seeding = { ...parts, own, apiKey };
  const seedSlipway = await seed(slipway, seeding);
  const seedPhotoestate = await seed(photoestate, seeding);
  if (withDemo) {
    const seeded = { slipway: seedSlipway, photoestate: seedPhotoestate };
    writeDemo(dataDir, demoOf({ slipway, photoestate }, seeded, own));
  }
  // Those in use, which may be given ones: the same start without the variables goes on with them.
  const secrets = {
    slipwaySecret: slipway.env['SLIPWAY_SECRET'] ?? parts.secrets.slipwaySecret,
    photoestateSecret: photoestate.env['PHOTOESTATE_SECRET'] ?? parts.secrets.photoestateSecret,
    encryptionKeys: slipway.env['ENCRYPTION_KEYS'] ?? parts.secrets.encryptionKeys,
    photoestateApiKey: apiKey,
    firstBoot: undefined,
  };
  saveSecrets(dataDir, secrets);
  return secrets;
}

/** A key to a shared database is another machine's; signed URLs, sessions and sealed credentials have to agree, too. */
function requireSecretsBeside(source: NodeJS.ProcessEnv): void {
  const names = ['SLIPWAY_SECRET', 'PHOTOESTATE_SECRET', 'ENCRYPTION_KEYS'];
  const missing = names.filter((name) => !source[name]);
  if (missing.length === 0) return;
  throw new Refusal(
    `SLIPWAY_API_KEY is set: set ${new Intl.ListFormat('en-GB').format(missing)} as well, to the same as where the key is from.`,
  );
}

function newSecrets(): FirstBootSecrets {
  const newKey = () => `sk_live_${randomToken(32)}`;
  return {
    demoPassword: randomBytes(12).toString('base64url'),
    demoApiKey: newKey(),
    photoestateApiKey: newKey(),
  };
}

function demoOf(
  { slipway, photoestate }: Pick<FirstBootParts, 'slipway' | 'photoestate'>,
  seeded: { readonly slipway: Json; readonly photoestate: Json },
  { demoPassword: password, demoApiKey: apiKey }: FirstBootSecrets,
): Demo {
  return {
    slipway: {
      url: slipway.url,
      email: need(seeded.slipway, slipway, ['demo', 'email']),
      password,
      projectId: need(seeded.slipway, slipway, ['demo', 'projectId']),
      apiKey,
    },
    photoestate: {
      url: photoestate.url,
      email: need(seeded.photoestate, photoestate, ['demo', 'email']),
      password,
    },
  };
}

interface Seeding extends FirstBootParts {
  readonly own: FirstBootSecrets;
  readonly apiKey: string;
}

async function seed(
  product: Product,
  { withDemo, signal, mode, own, apiKey }: Seeding,
): Promise<Json> {
  const demo = { SEED_DEMO_PASSWORD: own.demoPassword, SEED_DEMO_API_KEY: own.demoApiKey };
  const env = { ...product.env, SLIPWAY_API_KEY: apiKey, ...(withDemo && demo) };
  const args = [entryOf(product.app, 'seed', mode)];
  const result = await runTool({ args, env }, signal);
  const json = result.out.map(parse).findLast((value) => value !== undefined);
  if (result.code === 0 && json) return json;
  const said = [...result.out, ...result.err].filter((line) => line.trim() !== '').slice(-20);
  if (result.code === EX_CONFIG) throw new Refusal(said.join('\n'));
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
