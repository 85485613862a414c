export type Language = 'bash' | 'ts' | 'json' | 'text';
export type Token = { kind: 'plain' | 'comment' | 'string' | 'keyword'; text: string };

const patterns: Record<Exclude<Language, 'text'>, RegExp> = {
  bash: /(?<comment>(?<=^|\s)#[^\n]*)|(?<string>"(?:\\.|[^"\\])*"|'[^']*')|(?<keyword>(?<=(?:^|[|;&(\n])\s*)(?:curl|npm|npx|export|docker|node)\b|(?<=\s)--?[A-Za-z][\w-]*)/g,
  ts: /(?<comment>\/\/[^\n]*|\/\*[\s\S]*?\*\/)|(?<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|(?<keyword>\b(?:import|from|export|const|let|await|async|function|return|if|else|for|of|new|throw|type|default|true|false|null|undefined)\b)/g,
  json: /(?<comment>\/\/[^\n]*)|(?<keyword>"(?:\\.|[^"\\])*"(?=\s*:)|\b(?:true|false|null)\b)|(?<string>"(?:\\.|[^"\\])*"|-?\b\d[\d.]*\b)/g,
};

/** Three colours are enough for a snippet of ten lines; a grammar engine is not worth its weight. */
export function highlight(code: string, language: Language): Token[] {
  if (language === 'text') return [{ kind: 'plain', text: code }];
  const tokens: Token[] = [];
  let end = 0;
  for (const match of code.matchAll(patterns[language])) {
    if (match.index > end) tokens.push({ kind: 'plain', text: code.slice(end, match.index) });
    const kind = match.groups?.['comment']
      ? 'comment'
      : match.groups?.['string']
        ? 'string'
        : 'keyword';
    tokens.push({ kind, text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < code.length) tokens.push({ kind: 'plain', text: code.slice(end) });
  return tokens;
}
