// Runs under whatever Node the machine has (20 or newer), so: plain JavaScript, no packages.
// It installs what the lock file asks for, finds the Node 24 that came with it, and hands over.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.cache', 'installed');
const OLDEST_SYSTEM_NODE = 20;
const WANTED_NODE = 24;

const [command = '', ...rest] = process.argv.slice(2);

/** @type {import('node:child_process').ChildProcess | undefined} */
let running;
let stopping = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => stop(signal === 'SIGINT' ? 'SIGINT' : 'SIGTERM'));
}
followParent();

try {
  checkSystem();
  await installIfNeeded();
  if (!stopping) buildKernels();
  if (!stopping) await handOver(join(root, 'scripts', `${command}.ts`));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}

function checkSystem() {
  if (majorOf(process.versions.node) < OLDEST_SYSTEM_NODE) {
    throw new Error(`Node ${OLDEST_SYSTEM_NODE} or newer is needed; this is ${process.version}.`);
  }
  if (!/^[a-z-]+$/.test(command) || !existsSync(join(root, 'scripts', `${command}.ts`))) {
    throw new Error(`There is no command "${command}". Try: npm start`);
  }
}

/** @param {NodeJS.Signals} signal */
function stop(signal) {
  stopping = true;
  running?.kill(signal);
}

/**
 * npm, when killed hard, cannot tell us; but then we get another parent. Where npm's shell stays
 * between (npm, sh, we) the shell gets it, which Linux can tell.
 */
function followParent() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const grandparent = isShell(parent) ? parentOf(parent) : undefined;
  setInterval(() => {
    if (process.ppid !== parent) stop('SIGTERM');
    else if (grandparent !== undefined && parentOf(parent) !== grandparent) stop('SIGTERM');
  }, 1000).unref();
}

/** @param {number} pid */
function isShell(pid) {
  return /^(ba|da|z)?sh$/.test(readProc(pid, 'comm').trim());
}

/** @param {number} pid */
function parentOf(pid) {
  const stat = readProc(pid, 'stat');
  return stat === '' ? undefined : stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
}

/** @param {number} pid @param {string} entry */
function readProc(pid, entry) {
  try {
    return readFileSync(`/proc/${pid}/${entry}`, 'utf8');
  } catch {
    return '';
  }
}

function lockHash() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return createHash('sha256')
    .update(lock)
    .update(`${process.platform}-${process.arch}`)
    .digest('hex');
}

/** Installed by us for this lock file, or by hand after it last changed. */
function isInstalled() {
  const npmRecord = join(modules, '.package-lock.json');
  if (!existsSync(npmRecord)) return false;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash()) return true;
  const lock = statSync(join(root, 'package-lock.json')).mtimeMs;
  return statSync(npmRecord).mtimeMs > lock - 5000;
}

async function installIfNeeded() {
  if (!isInstalled()) await installAlone();
  if (stopping) return;
  mkdirSync(dirname(stamp), { recursive: true });
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lockHash()) {
    writeFileSync(stamp, lockHash());
  }
}

/** One at a time: two `npm ci` in one folder leave it empty. */
async function installAlone() {
  const lock = join(
    tmpdir(),
    `install-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`,
  );
  for (let told = false; !takeLock(lock); told = true) {
    if (!told) process.stderr.write('Waiting for another command that is installing packages …\n');
    await new Promise((resolve) => setTimeout(resolve, 500));
    if (stopping) return;
  }
  try {
    if (!isInstalled()) await install();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** @param {string} lock */
function takeLock(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
  } catch (error) {
    // Its owner died; whoever removes it first tries again, like everybody else.
    const gone = error instanceof Error && 'code' in error && error.code === 'ESRCH';
    if (gone) rmSync(lock, { force: true });
  }
  return false;
}

async function install() {
  // npm ci empties the folder first, and would empty whatever a link points to.
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink()) {
    throw new Error('node_modules is a link, so it is not installed into. Remove the link first.');
  }
  const began = Date.now();
  const seconds = () => `${Math.round((Date.now() - began) / 1000)} s`;
  process.stderr.write(
    'Installing packages (once; then both products are built: two to three minutes in all) …\n',
  );
  const heartbeat = setInterval(() => {
    process.stderr.write(`  … ${seconds()}\n`);
  }, 5000);
  const { code, output } = await npm(['ci', '--include=dev', '--include=optional', '--no-audit']);
  clearInterval(heartbeat);
  if (stopping) return;
  if (code !== 0) {
    process.stderr.write(`${output.split('\n').slice(-30).join('\n')}\n`);
    throw new Error('npm ci failed (above); nothing was started.');
  }
  process.stderr.write(`Packages installed in ${seconds()}.\n`);
}

/** @param {string[]} args */
function npm(args) {
  const script = process.env.npm_execpath;
  const [program, first] = script?.endsWith('.js') ? [process.execPath, [script]] : ['npm', []];
  const child = spawn(program, [...first, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running = child;
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 1, output: `npm: ${error.message}` }));
    child.once('close', (code) => resolve({ code, output }));
  });
}

/** The photo engine's inner loops: compiled when their sources changed, in about two seconds. */
function buildKernels() {
  const script = join(root, 'packages', 'engine', 'build-kernels.ts');
  const { status, stderr } = spawnSync(findNode(), [script], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`The photo engine could not be built.\n${stderr}`);
}

function findNode() {
  const brought = [
    `node-${process.platform}-${process.arch}`,
    `node-bin-${process.platform}-${process.arch}`,
  ].map((name) => join(modules, name, 'bin', 'node'));
  const candidates = [...brought.filter((path) => existsSync(path)), process.execPath];
  for (const path of candidates) {
    const version = spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout ?? '';
    if (majorOf(version.replace('v', '')) >= WANTED_NODE) return path;
  }
  throw new Error(
    `No Node ${WANTED_NODE} comes with this repository for ${process.platform}-${process.arch}: install Node ${WANTED_NODE} or newer and run the command again.`,
  );
}

/** @param {string} version */
function majorOf(version) {
  return Number(version.split('.')[0]);
}

/** @param {string} script */
async function handOver(script) {
  const node = findNode();
  const path = [dirname(node), join(modules, '.bin'), process.env.PATH].join(delimiter);
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', script, ...rest], {
    cwd: root,
    env: { ...process.env, PATH: path },
    // The channel ends when we die, however; that is how the script learns of it.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  running = child;
  if (stopping) child.kill('SIGTERM');
  await new Promise((resolve) => {
    child.once('error', (error) => {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = 1;
      resolve(undefined);
    });
    child.once('exit', (code, signal) => {
      process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143);
      resolve(undefined);
    });
  });
}
