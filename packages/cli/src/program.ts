import { Command } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import type { Cli, GlobalOptions } from './cli.ts';
import { addCompletion } from './commands/completion.ts';
import { addDoctor } from './commands/doctor.ts';
import { addFiles } from './commands/files.ts';
import { addInit } from './commands/init.ts';
import { addKeys } from './commands/keys.ts';
import { addListen } from './commands/listen.ts';
import { addLogin } from './commands/login.ts';
import { addLogs } from './commands/logs.ts';
import { addMigrate } from './commands/migrate.ts';
import { addProjects } from './commands/projects.ts';
import { EXIT, EXIT_WORDS, type ExitCode } from './failure.ts';

/** What a command does with its arguments and options; what it returns, if anything, ends the process. */
export type Action = (
  cli: Cli,
  args: readonly string[],
  options: Readonly<Record<string, unknown>>,
) => Promise<ExitCode | undefined>;

/** Adds the action of one command, with the options that every command takes. */
export type Act = (command: Command, action: Action) => void;

interface ProgramOptions {
  readonly makeCli: (options: GlobalOptions) => Cli;
  readonly setExit: (code: ExitCode) => void;
}

export function createProgram({ makeCli, setExit }: ProgramOptions): Command {
  const program = new Command('slipway')
    .description('File uploads for your app, on your own storage.')
    .version(manifest.version, '--version')
    .option('--json', 'answer with JSON')
    .option('--profile <name>', 'use the key that was stored under this name')
    .option('--url <address>', 'the address of your Slipway')
    .addHelpText('after', EXIT_CODES)
    .exitOverride()
    // `run` says it, in one shape with all other failures.
    .configureOutput({ outputError: () => undefined, writeErr: () => undefined });
  const act: Act = (command, action) => {
    command.action(async () => {
      const { json, profile, url, ...options } = command.optsWithGlobals();
      const code = await action(makeCli({ json, profile, url }), command.args, options);
      if (code !== undefined) setExit(code);
    });
  };
  for (const add of [
    addLogin,
    addInit,
    addProjects,
    addKeys,
    addFiles,
    addLogs,
    addListen,
    addDoctor,
    addMigrate,
    addCompletion,
  ]) {
    add(program, act);
  }
  return program;
}

const EXIT_CODES = `
Exit codes:
${(Object.keys(EXIT) as (keyof typeof EXIT)[])
  .map((name) => `  ${String(EXIT[name]).padEnd(3)}  ${EXIT_WORDS[name]}`)
  .join('\n')}`;
