import { password, select, text } from '@clack/prompts';
import type { Command } from 'commander';
import { createSlipway } from 'slipway/server';
import { type Cli, checkedUrl, givenUrl, profileName } from '../cli.ts';
import { CliError, EXIT, usageError } from '../failure.ts';
import { loginByBrowser } from '../login/device-login.ts';
import { readProfile, removeProfile, writeProfile } from '../profiles.ts';
import type { Act } from '../program.ts';

export function addLogin(program: Command, act: Act): void {
  const login = program
    .command('login')
    .description('get a key of a project by your browser, and store it with the address')
    .option('--browser', 'do not ask how; the code is shown where nobody can be asked, too')
    .option('--with-key', 'read the key from stdin')
    .addHelpText(
      'after',
      '\nIn CI make a key in your project’s tab "Keys": slipway login --url … --with-key < key.txt',
    );
  act(login, async (cli, _args, options) => {
    const [isByBrowser, isWithKey] = [options['browser'] === true, options['withKey'] === true];
    if (isByBrowser && isWithKey) throw usageError('Expected --browser or --with-key, not both.');
    const url = await askUrl(cli, isWithKey);
    const apiKey = isWithKey
      ? await readKey(cli)
      : isByBrowser
        ? await loginByBrowser(cli, url)
        : await askKey(cli, url);
    const project = await createSlipway({ url, apiKey }).project({ signal: cli.signal });
    const name = profileName(cli);
    const path = await writeProfile(cli.env, { name, profile: { url, apiKey } });
    cli.out.result(
      { profile: name, url, project: { id: project.id, name: project.name }, path },
      () => `${cli.out.paint('green', '✓')} ${project.name} at ${url}, stored in ${path}`,
    );
  });
  const logout = program.command('logout').description('forget a stored key');
  act(logout, async (cli) => {
    const name = profileName(cli);
    if (!(await removeProfile(cli.env, name)))
      throw new CliError('no_profile', `There is no profile "${name}".`, EXIT.notFound);
    cli.out.result({ profile: name, removed: true }, () => `Profile "${name}" is forgotten.`);
  });
}

async function askUrl(cli: Cli, isScript: boolean): Promise<string> {
  const given = givenUrl(cli);
  if (given !== undefined) return given;
  const stored = (await readProfile(cli.env, profileName(cli)))?.url;
  if (isScript || !cli.out.canAsk)
    throw usageError('Expected --url with the address of your Slipway.');
  const answer = await text({
    message: 'Where is your Slipway?',
    placeholder: 'https://uploads.example.com',
    ...(stored !== undefined && { initialValue: stored }),
    validate: (value) => (URL.canParse(value ?? '') ? undefined : 'Expected an address'),
    signal: cli.signal,
  });
  return checkedUrl(answered(answer));
}

async function askKey(cli: Cli, url: string): Promise<string> {
  if (!cli.out.canAsk)
    throw usageError(
      'Expected --with-key and the key on stdin, or --browser: nobody is there to be asked.',
    );
  const way = await select({
    message: 'How do you want to sign in?',
    options: [
      { value: 'browser', label: 'In the browser' },
      { value: 'key', label: 'With a key that I have' },
    ],
    signal: cli.signal,
  });
  if (answered(way) === 'browser') return loginByBrowser(cli, url);
  const message = 'A key of your project (sk_live_…)';
  return answered(await password({ message, signal: cli.signal })).trim();
}

/** Never an argument: those can be read by everybody on the machine. */
async function readKey({ stdin }: Cli): Promise<string> {
  let read = '';
  for await (const chunk of stdin) read += String(chunk);
  const key = read.trim();
  if (key === '') throw usageError('Expected a key on stdin, received nothing.');
  return key;
}

function answered(answer: string | symbol): string {
  if (typeof answer === 'string') return answer;
  throw new DOMException('Interrupted.', 'AbortError');
}
