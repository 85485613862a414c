import manifest from '../../packages/cli/package.json' with { type: 'json' };
import { EXIT, EXIT_WORDS } from '../../packages/cli/src/failure.ts';
import { createProgram } from '../../packages/cli/src/program.ts';

type Command = ReturnType<typeof createProgram>;

const NODE = manifest.engines.node.replace('>=', '');

const HEAD = `---
title: CLI
description: The command slipway does from a terminal what the SDK does from code.
---

It needs Node.js ${NODE} or newer. \`npx slipway-cli login\` is the first step; installed with
\`npm install --global slipway-cli\` it is the command \`slipway\`. What follows is written from the command itself.

## Signing in

\`slipway login\` shows a code and opens your Slipway in the browser. There you compare the code, choose the project,
what the key may do and when it ends, and the command stores the key that it is given, readable by you alone. Over SSH
use \`--browser\`, and open the address on any machine. In CI there is nobody to ask: make a key in the project’s tab
“Keys”, and set \`SLIPWAY_URL\` and \`SLIPWAY_API_KEY\`, or give it on stdin with \`--with-key\`.

\`SLIPWAY_URL\` and \`SLIPWAY_API_KEY\` come before stored keys; \`--profile\` names one of several. A stored key goes to
no other address than the one it was stored for, and no key is ever an argument: those can be read by everybody on the
machine.

## Commands
`;

const TAIL = `
## In scripts

With \`--json\` a command answers with one JSON document on stdout, also when it fails: then it is
\`{ "error": { "code", "message", "docs", "requestId", "exitCode" } }\`. \`listen\` and \`logs --follow\` print one line
for each event. What is no result goes to stderr. There are no colours where nobody watches, or with \`NO_COLOR\`.

## What was interrupted

\`files put\`, \`files get\` and \`migrate\` go on when the same command is run again. A large upload sends the parts that
are missing, each compared by its digest; a download asks for the rest of its range, and gets its name only when the
digest of the whole is right; \`migrate\` copies no file twice.

## Events on your machine

\`listen\` waits for a receiver that is not there, and asks one that answers anything but 2xx five times. Each event comes
at least once, in order, with the \`webhook-id\` that webhooks give it. While Slipway is away it waits for it, says so,
and goes on after the last event that it saw. With \`--continue\` it begins after the last one that it forwarded.

## Completion

\`source <(slipway completion bash)\` in ~/.bashrc, the same with \`zsh\` in ~/.zshrc, or
\`slipway completion fish > ~/.config/fish/completions/slipway.fish\`.
`;

/** \`content/docs/cli.md\`, from the command itself. */
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
    '### With every command\n',
    optionTable(program),
    '\n## Exit codes\n\n| code | |\n|---|---|',
    exits.join('\n'),
    TAIL,
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
  return [`### \`${[pathOf(command), ...given].join(' ')}\`\n`, about, ...options].join('\n');
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
