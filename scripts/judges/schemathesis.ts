import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installWithApt } from '../stack/install-with-apt.ts';
import { judgesFolder, type Say } from './judge.ts';

/** Reads an OpenAPI document and calls the API with everything it allows and forbids. */
export const SCHEMATHESIS = '4.32.5';

const CONFIG = fileURLToPath(new URL('./schemathesis.toml', import.meta.url));
const HOOKS = fileURLToPath(new URL('./schemathesis_hooks.py', import.meta.url));

/** The program in a Python environment of its own; the reason when it cannot be had here. */
export function findSchemathesis(say: Say): { program: string } | { reason: string } {
  const folder = join(judgesFolder(), `schemathesis-${SCHEMATHESIS}`);
  const program = join(folder, 'bin', 'schemathesis');
  if (works(program)) return { program };
  if (!succeeds('python3', ['-c', 'import ensurepip, venv'])) {
    installWithApt(say, { name: 'Python', debianPackage: 'python3-venv' });
  }
  say(`Installing Schemathesis ${SCHEMATHESIS} (once) …`);
  if (!succeeds('python3', ['-m', 'venv', '--clear', folder])) {
    return { reason: 'python3 with venv is not here (Debian’s python3-venv, as root)' };
  }
  const pip = ['-m', 'pip', 'install', '--quiet', `schemathesis==${SCHEMATHESIS}`];
  if (!succeeds(join(folder, 'bin', 'python'), pip) || !works(program)) {
    return { reason: 'pip could not install it' };
  }
  return { program };
}

const succeeds = (program: string, args: readonly string[]) =>
  spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;

const works = (program: string) => existsSync(program) && succeeds(program, ['--version']);

/** A product that is served, to be called by its description. */
export interface DescribedApi {
  name: string;
  /** Of the OpenAPI document. */
  url: string;
  key: string;
  /** What the hooks ask for. */
  env: Readonly<Record<string, string>>;
  /** With the key; else the run ended somewhere in its middle. */
  stillServes(): Promise<boolean>;
  close(): Promise<void>;
}

export interface SchemathesisRun {
  program: string;
  /** Of the OpenAPI document. */
  url: string;
  args: readonly string[];
  /** What the hooks ask for. */
  env: Readonly<Record<string, string>>;
  /** Where it writes what it found, as JUnit has it. */
  report: string;
}

/** What it says is printed as it says it; true when nothing was found. */
export function runSchemathesis({ program, url, args, env, report }: SchemathesisRun) {
  const fixed = ['--config-file', CONFIG, 'run', url, '--no-color'];
  const reports = ['--report', 'junit', '--report-junit-path', report];
  const child = spawn(program, [...fixed, ...reports, ...args], {
    // Where it leaves its own notes.
    cwd: dirname(report),
    env: { ...process.env, ...env, SCHEMATHESIS_HOOKS: HOOKS },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise<boolean>((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}
