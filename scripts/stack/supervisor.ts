import { join, relative } from 'node:path';
import { App } from './app.ts';
import { ensureBuilt } from './build.ts';
import { type DataFolder, openDataFolder, openSecrets, type Secrets } from './data-folder.ts';
import { type Database, openDatabase } from './database.ts';
import { type Addresses, type Demo, demoFile, keepDemoTrue, readDemo } from './demo.ts';
import { firstBoot } from './first-boot.ts';
import { openLogFile } from './log-file.ts';
import { requireFreePort } from './ports.ts';
import { describeProducts, type Mode, type Products } from './products.ts';
import { Refusal, reasonOf } from './refusal.ts';
import { restartOnChange } from './reload.ts';
import { root } from './root.ts';
import { addressHint, addressOf, readSettings, type Settings } from './settings.ts';
import { listenForStop, type StopRequest } from './stop-request.ts';
import { openTerminal, type Terminal } from './terminal.ts';

/** How long the processes of a supervisor that was killed may hold on to their ports. */
const AFTER_CRASH_MS = 15_000;

/** Runs both products until asked to stop. Resolves to the exit code. */
export async function runStack(mode: Mode): Promise<number> {
  const terminal = openTerminal();
  const stop = listenForStop();
  const cleanups: (() => Promise<void> | void)[] = [];
  let code = 0;
  try {
    await boot({ mode, terminal, stop, cleanups });
    await stop.requested;
    const failure = stop.failure();
    if (failure) throw failure;
  } catch (error) {
    const asked = stop.signal.aborted && !stop.failure();
    if (!asked) {
      terminal.complain(explain(error));
      code = 1;
    }
  }
  for (const cleanup of cleanups.reverse()) {
    try {
      await cleanup();
    } catch (error) {
      terminal.complain(`While stopping: ${reasonOf(error)}`);
      code = 1;
    }
  }
  return code;
}

/** Only a mistake of ours deserves a stack; what the system refuses (a full disk, say) is none. */
function explain(error: unknown): string {
  if (error instanceof Refusal) return error.message;
  if (error instanceof Error && 'syscall' in error) return `Cannot start: ${error.message}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

interface Boot {
  readonly mode: Mode;
  readonly terminal: Terminal;
  readonly stop: StopRequest;
  /** Run in reverse, whatever happened. */
  readonly cleanups: (() => Promise<void> | void)[];
}

async function boot(parts: Boot): Promise<void> {
  const { mode, terminal, stop, cleanups } = parts;
  const settings = readSettings(process.env);
  const folder = await openDataFolder(settings.dataDir, stop.signal);
  cleanups.push(() => folder.lock.release());
  stop.signal.addEventListener('abort', folder.announceStop, { once: true });
  await requirePorts(settings, folder.afterCrash ? AFTER_CRASH_MS : 0);
  const secrets = openSecrets(folder.path, settings.databaseUrl === undefined);
  const demo = readDemo(folder.path);
  if (mode === 'production') await buildAll(terminal, stop.signal);
  const database = await openLoggedDatabase(settings, folder, parts);
  const urls: Addresses = {
    slipway: addressOf(settings.host, settings.slipwayPort),
    photoestate: addressOf(settings.host, settings.photoestatePort),
  };
  const isFirst = secrets.photoestateApiKey === undefined;
  const describe = (known: Secrets) =>
    describeProducts({
      settings,
      mode,
      database,
      secrets: known,
      urls,
      demoKey: readDemo(folder.path)?.slipway.apiKey,
    });
  let products = describe(secrets);
  if (isFirst) {
    terminal.say('Setting up the databases (once) …');
    const withDemo = database.embedded;
    const wish = { ...products, mode, dataDir: folder.path, secrets, withDemo };
    products = describe(await firstBoot({ ...wish, signal: stop.signal }));
  } else if (demo) {
    keepDemoTrue(folder.path, demo, urls);
  }
  await startApps(parts, products, folder);
  sayHowToSignIn(terminal, folder, { isFirst, embedded: database.embedded, products });
  const hint = addressHint(settings, process.env);
  if (hint) terminal.say(hint);
}

async function requirePorts(settings: Settings, patienceMs: number): Promise<void> {
  const { host, slipwayPort, photoestatePort } = settings;
  await requireFreePort({ host, port: slipwayPort, variable: 'SLIPWAY_PORT' }, patienceMs);
  await requireFreePort({ host, port: photoestatePort, variable: 'PHOTOESTATE_PORT' }, patienceMs);
}

async function buildAll(terminal: Terminal, signal: AbortSignal): Promise<void> {
  await ensureBuilt({ app: 'slipway', title: 'Slipway', terminal, signal });
  await ensureBuilt({ app: 'photoestate', title: 'PhotoEstate Pro', terminal, signal });
}

async function openLoggedDatabase(
  settings: Settings,
  folder: DataFolder,
  { stop, cleanups }: Boot,
): Promise<Database> {
  const log = openLogFile(join(folder.path, 'logs', 'postgres.log'));
  cleanups.push(() => log.close());
  const database = await openDatabase(settings, log.write);
  cleanups.push(() => database.stop());
  void database.gone.then(() =>
    stop.fail(new Refusal(`The database stopped unexpectedly. Its log: ${folder.path}/logs`)),
  );
  stop.signal.throwIfAborted();
  return database;
}

async function startApps(
  { mode, terminal, stop, cleanups }: Boot,
  products: Products,
  folder: DataFolder,
): Promise<void> {
  const logFolder = join(folder.path, 'logs');
  const apps = [products.slipway, products.photoestate].map((product) => ({
    product,
    app: new App({ product, mode, logFolder, terminal, onFailure: stop.fail }),
  }));
  cleanups.push(async () => {
    await Promise.all(apps.map(({ app }) => app.stop()));
  });
  if (mode === 'development') {
    for (const { product, app } of apps) {
      cleanups.push(restartOnChange(product, app, terminal));
    }
  }
  await Promise.all(
    apps.map(async ({ product, app }) => {
      await app.start(stop.signal);
      terminal.say(`${product.title} ready: ${product.url}`);
    }),
  );
}

interface SignIn {
  readonly isFirst: boolean;
  readonly embedded: boolean;
  readonly products: Products;
}

function sayHowToSignIn(
  terminal: Terminal,
  folder: DataFolder,
  { isFirst, embedded, products }: SignIn,
): void {
  const withPages = [products.slipway, products.photoestate].filter(({ hasPages }) => hasPages);
  if (withPages.length === 0) return;
  const nearby = relative(root, demoFile(folder.path));
  const file = nearby.startsWith('..') ? demoFile(folder.path) : nearby;
  const demo: Demo | undefined = embedded ? readDemo(folder.path) : undefined;
  const titles = withPages.map(({ title }) => title).join(' or ');
  if (!demo) {
    terminal.say(`Sign up at ${titles} to begin.`);
    return;
  }
  if (!isFirst) {
    terminal.say(`Sign in to ${titles} with an e-mail and password from ${file}.`);
    return;
  }
  for (const { title, app } of withPages) {
    terminal.say(`Sign in to ${title}: ${demo[app].email} / ${demo[app].password}`);
  }
  terminal.say(`All of it is kept in ${file}, with an API key of Slipway to try.`);
}
