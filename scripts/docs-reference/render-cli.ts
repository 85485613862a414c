import { EXIT, EXIT_WORDS } from '../../packages/cli/src/failure.ts';
import { createProgram } from '../../packages/cli/src/program.ts';

type Command = ReturnType<typeof createProgram>;

const HEAD = `---
title: CLI commands
description: Every command of slipway with its options, and what its exit codes say.
---

Written from the command itself; [CLI](/docs/cli) shows it at work.
`;

/** `content/docs/reference/cli.md`, from the command itself. */
export function renderCli(): string {
  const program = createProgram({
    makeCli: () => {
      throw new Error('nothing is run here');
    },
    setExit: () => undefined,
  });
  const commands = leavesOf(program).map(section);
  const exits = (Object.keys(EXIT) as (keyof typeof EXIT)[]).map(
    (name) => `| ${EXIT[name]} | ${sentence(EXIT_WORDS[name])} |`,
  );
  return [
    HEAD,
    ...commands,
    '## With every command\n',
    optionTable(program),
    '\n## Exit codes\n\n| code | |\n|---|---|',
    exits.join('\n'),
    '',
  ].join('\n');
}

const leavesOf = (command: Command): Command[] =>
  command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf);

function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

function section(command: Command): string {
  const given = command.registeredArguments.map((one) => {
    const name = `${one.name()}${one.variadic ? '...' : ''}`;
    return one.required ? `<${name}>` : `[${name}]`;
  });
  const about = `${sentence(command.description())}\n`;
  const options = command.options.length === 0 ? [] : [`${optionTable(command)}\n`];
  return [`## \`${[pathOf(command), ...given].join(' ')}\`\n`, about, ...options].join('\n');
}

function optionTable(command: Command): string {
  const rows = command.options.map(({ flags, description, defaultValue, argChoices }) => {
    const usual =
      defaultValue === undefined || defaultValue === false ? '' : ` Default \`${defaultValue}\`.`;
    const choices = argChoices
      ? ` One of ${argChoices.map((one) => `\`${one}\``).join(', ')}.`
      : '';
    return `| \`${flags.replaceAll('|', '\\|')}\` | ${sentence(description)}${choices}${usual} |`;
  });
  return ['| option | |', '|---|---|', ...rows].join('\n');
}

function sentence(text: string): string {
  const clean = text.replaceAll('|', '\\|');
  return `${clean[0]?.toUpperCase() ?? ''}${clean.slice(1)}.`;
}
