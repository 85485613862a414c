import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { CliError, usageError } from './failure.ts';

/** Where a Slipway is, and the key of one of its projects. */
export interface Profile {
  readonly url: string;
  readonly apiKey: string;
}

export const DEFAULT_PROFILE = 'default';

/** Nobody but the owner may read them: they hold keys. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

type Env = NodeJS.ProcessEnv;

const profilesFolder = (env: Env) =>
  join(env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'slipway', 'profiles');

/** Where transfers that were interrupted are remembered. */
export const stateFolder = (env: Env) =>
  join(env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state'), 'slipway');

function fileOf(env: Env, name: string): string {
  if (!/^[\w.-]{1,64}$/.test(name) || name.startsWith('.'))
    throw usageError(
      `Expected a profile's name of letters, digits, ".", "_" and "-", received "${name}".`,
    );
  return join(profilesFolder(env), `${name}.json`);
}

export async function readProfile(env: Env, name: string): Promise<Profile | null> {
  const path = fileOf(env, name);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  const profile = parse(text);
  if (profile === null)
    throw new CliError(
      'invalid_profile',
      `Expected ${path} to hold "url" and "apiKey". Run "slipway login --profile ${name}" again.`,
    );
  return profile;
}

function parse(text: string): Profile | null {
  try {
    const { url, apiKey } = JSON.parse(text) as Partial<Profile>;
    return typeof url === 'string' && typeof apiKey === 'string' ? { url, apiKey } : null;
  } catch {
    return null;
  }
}

export async function writeProfile(
  env: Env,
  { name, profile }: { name: string; profile: Profile },
): Promise<string> {
  const path = fileOf(env, name);
  await mkdir(profilesFolder(env), { recursive: true, mode: FOLDER_MODE });
  await chmod(profilesFolder(env), FOLDER_MODE);
  await writeSecretly(path, `${JSON.stringify(profile, null, 2)}\n`);
  return path;
}

/** Whole or not at all, and never readable by others, not even for a moment. */
export async function writeSecretly(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  await writeFile(draft, text, { mode: FILE_MODE, flag: 'wx' });
  await rename(draft, path);
}

export async function removeProfile(env: Env, name: string): Promise<boolean> {
  if ((await readProfile(env, name)) === null) return false;
  await rm(fileOf(env, name));
  return true;
}

export async function listProfiles(env: Env): Promise<string[]> {
  const names = await readdir(profilesFolder(env)).catch(() => []);
  return names
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -5))
    .sort();
}
