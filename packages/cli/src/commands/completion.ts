import { Argument, type Command } from 'commander';
import { bash, fish, type Word, zsh } from '../completion/scripts.ts';
import type { Act } from '../program.ts';

const SHELLS = { bash, zsh, fish } as const;

export function addCompletion(program: Command, act: Act): void {
  const completion = program
    .command('completion')
    .description('print a script that completes commands and options')
    .addArgument(new Argument('<shell>').choices(Object.keys(SHELLS)))
    .addHelpText('after', '\nFor example in ~/.bashrc: source <(slipway completion bash)');
  act(completion, async (cli, [shell = '']) => {
    const script = SHELLS[shell as keyof typeof SHELLS](wordsOf(program));
    cli.out.result({ shell, script }, () => script.trimEnd());
  });
}

/** Every command by its path, with what may come next. */
function wordsOf(command: Command, path: readonly string[] = []): Word[] {
  const next = command.commands.map((sub) => ({
    text: sub.name(),
    about: sub.description(),
  }));
  const isGlobal = ({ text }: { text: string }) => text !== '--version';
  const global = path.length === 0 ? [] : optionsOf(rootOf(command)).filter(isGlobal);
  const options = [...optionsOf(command), ...global];
  return [
    { path, next: [...next, ...options] },
    ...command.commands.flatMap((sub) => wordsOf(sub, [...path, sub.name()])),
  ];
}

const rootOf = (command: Command): Command =>
  command.parent === null ? command : rootOf(command.parent);

const optionsOf = (command: Command) =>
  command.options.flatMap(({ long, description }) =>
    long ? [{ text: long, about: description }] : [],
  );
