import { CommanderError } from 'commander';
import { type Cli, type GlobalOptions, givenUrl, profileName } from './cli.ts';
import { describeFailure, docsOf, EXIT, type ExitCode, usageError } from './failure.ts';
import { createOutput, type Streams } from './output.ts';
import { readProfile } from './profiles.ts';
import { createProgram } from './program.ts';

/** Runs one command and tells what the process ends with. */
export async function run(
  args: readonly string[],
  streams: Streams & { cwd(): string; on(event: string, listener: () => void): unknown },
): Promise<number> {
  const controller = new AbortController();
  const stop = () => {
    // Whoever presses it twice wants out.
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    controller.abort(new DOMException('Interrupted.', 'AbortError'));
  };
  streams.on('SIGINT', stop);
  streams.on('SIGTERM', stop);
  let exit: ExitCode = EXIT.ok;
  // A reader that has enough (`| head`) is no failure; a disk that is full is one.
  streams.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') streams.stderr.write(`error ${error.message}\n`);
    process.exit(error.code === 'EPIPE' ? exit : EXIT.failure);
  });
  const makeCli = (options: GlobalOptions): Cli => ({
    env: streams.env,
    cwd: streams.cwd(),
    stdin: streams.stdin,
    out: createOutput(streams, { json: options.json === true }),
    signal: controller.signal,
    options,
  });
  const isJson = args.includes('--json');
  try {
    const program = createProgram({
      makeCli,
      setExit: (code) => {
        exit = code;
      },
    });
    await program.parseAsync(args.length === 0 ? ['--help'] : [...args], { from: 'user' });
    return exit;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.ok;
    const cli = makeCli({ json: isJson });
    const failure =
      error instanceof CommanderError
        ? usageError(usageOf(error))
        : controller.signal.aborted
          ? controller.signal.reason
          : error;
    return tell(cli, failure);
  }
}

/** Without a sentence of its own when a group of commands is called without one of them. */
const usageOf = ({ code, message }: CommanderError) =>
  code === 'commander.help'
    ? 'Expected a command. "slipway help", with a command’s name behind it, shows what there is.'
    : message.replace(/^error: /, '');

async function tell(cli: Cli, error: unknown): Promise<ExitCode> {
  const failure = describeFailure(error);
  const docs = docsOf(failure, await addressOf(cli));
  if (cli.out.isJson) cli.out.result({ error: { ...failure, docs } }, () => '');
  else {
    cli.out.note(`${cli.out.paint('red', 'error')} ${failure.message}`);
    if (docs !== null && failure.exitCode !== EXIT.interrupted) cli.out.note(`      ${docs}`);
    if (failure.requestId !== null) cli.out.note(`      request ${failure.requestId}`);
  }
  return failure.exitCode;
}

/** Where the docs are: every Slipway has its own. */
async function addressOf(cli: Cli): Promise<string | null> {
  try {
    return givenUrl(cli) ?? (await readProfile(cli.env, profileName(cli)))?.url ?? null;
  } catch {
    return null;
  }
}
