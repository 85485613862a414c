/** What may follow a command. */
export interface Word {
  readonly path: readonly string[];
  readonly next: readonly { readonly text: string; readonly about: string }[];
}

const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
const textsOf = ({ next }: Word) => next.map(({ text }) => text).join(' ');

/** The words before the cursor that are commands of ours name the case; anything else completes files. */
export function bash(words: readonly Word[]): string {
  const cases = words.map(
    (word) => `    ${quote(word.path.join(' '))}) next=${quote(textsOf(word))} ;;`,
  );
  return `_slipway() {
  local current=\${COMP_WORDS[COMP_CWORD]} at='' next='' word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) continue ;; esac
    case "\${at:+$at }$word" in
${pathCases(words)}
    esac
  done
  case "$at" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$next" -- "$current"))
  [ \${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "$current"))
}
complete -o filenames -F _slipway slipway
`;
}

export function zsh(words: readonly Word[]): string {
  const cases = words.map((word) => {
    const next = word.next.map(({ text, about }) => quote(`${text}:${about.replaceAll(':', ';')}`));
    return `    ${quote(word.path.join(' '))}) next=(${next.join(' ')}) ;;`;
  });
  return `#compdef slipway
_slipway() {
  local at='' word
  local -a next
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$word" in -*) continue ;; esac
    case "\${at:+$at }$word" in
${pathCases(words)}
    esac
  done
  case "$at" in
${cases.join('\n')}
  esac
  _describe 'slipway' next || _files
}
compdef _slipway slipway
`;
}

const pathCases = (words: readonly Word[]) =>
  words
    .filter(({ path }) => path.length > 0)
    .map(({ path }) => `      ${quote(path.join(' '))}) at=${quote(path.join(' '))} ;;`)
    .join('\n');

export function fish(words: readonly Word[]): string {
  const lines = words.flatMap(({ path, next }) => {
    const below = words
      .filter((other) => other.path.length === path.length + 1)
      .filter((other) => path.every((part, index) => other.path[index] === part))
      .map((other) => other.path.at(-1));
    const seen = path.map((part) => `__fish_seen_subcommand_from ${part}`);
    const unseen = below.length > 0 ? [`not __fish_seen_subcommand_from ${below.join(' ')}`] : [];
    const condition = [...seen, ...unseen].join('; and ');
    const when = condition === '' ? '' : ` -n ${quote(condition)}`;
    return next.map(({ text, about }) =>
      text.startsWith('--')
        ? `complete -c slipway${when} -l ${text.slice(2)} -d ${quote(about)}`
        : `complete -c slipway${when} -f -a ${text} -d ${quote(about)}`,
    );
  });
  return `${lines.join('\n')}\n`;
}
