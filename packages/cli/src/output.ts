import { formatSize } from 'slipway/server';

const COLOURS = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;
const BAR = 24;
const REDRAW_MS = 100;

export interface Streams {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly stdin: NodeJS.ReadStream;
  readonly env: NodeJS.ProcessEnv;
}

/** Shows how far a transfer came. */
export interface Progress {
  advance(bytes: number): void;
  end(): void;
}

/** What a command says: results on stdout, everything else on stderr. */
export interface Output {
  readonly isJson: boolean;
  /** Whether somebody is there to answer. */
  readonly canAsk: boolean;
  /** The result: one JSON document, or what people read. */
  result(document: unknown, human: () => string): void;
  /** One of many results that come one by one: a line of JSON, or of text. */
  line(document: unknown, human: () => string): void;
  note(text: string): void;
  /** What has to be known before there is a result: on stderr, with `--json` as a line of it. */
  tell(document: unknown, human: () => string): void;
  paint(style: keyof typeof COLOURS, text: string): string;
  /** What is told as a function may change meanwhile. */
  progress(label: Now<string>, total: Now<number>): Progress;
}

type Now<Value> = Value | (() => Value);
const now = <Value extends string | number>(value: Now<Value>): Value =>
  typeof value === 'function' ? value() : value;

export function createOutput(
  { stdout, stderr, stdin, env }: Streams,
  { json }: { json: boolean },
): Output {
  const isColoured = stdout.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
  const say = (text: string) => stdout.write(text === '' ? '' : `${text}\n`);
  return {
    isJson: json,
    canAsk: !json && stdin.isTTY === true && stderr.isTTY === true && !env['CI'],
    result: (document, human) => say(json ? JSON.stringify(document, null, 2) : human()),
    line: (document, human) => say(json ? JSON.stringify(document) : human()),
    tell: (document, human) => stderr.write(`${json ? JSON.stringify(document) : human()}\n`),
    note: (text) => json || stderr.write(`${text}\n`),
    paint: (style, text) =>
      isColoured && !json ? `\u001b[${COLOURS[style]}m${text}\u001b[0m` : text,
    progress: (label, total) =>
      !json && stderr.isTTY === true ? drawProgress(stderr, { label, total }) : NO_PROGRESS,
  };
}

const NO_PROGRESS: Progress = { advance: () => undefined, end: () => undefined };

function drawProgress(
  stderr: NodeJS.WriteStream,
  about: { label: Now<string>; total: Now<number> },
): Progress {
  const startedAt = performance.now();
  let [done, first, drawnAt] = [0, 0, 0];
  const draw = () => {
    drawnAt = performance.now();
    const [label, total] = [now(about.label), now(about.total)];
    const share = total === 0 ? 1 : Math.min(1, done / total);
    const filled = Math.round(share * BAR);
    const perSecond = ((done - first) / Math.max(1, drawnAt - startedAt)) * 1000;
    const bar = '█'.repeat(filled) + '░'.repeat(BAR - filled);
    const left = perSecond > 0 ? ` ${Math.ceil((total - done) / perSecond)} s` : '';
    const room = Math.max(8, (stderr.columns ?? 80) - BAR - 32);
    const name = label.length > room ? `${label.slice(0, room - 1)}…` : label;
    const percent = String(Math.floor(share * 100)).padStart(3);
    stderr.write(`\r\u001b[2K${name} ${bar} ${percent} % ${formatSize(perSecond)}/s${left}`);
  };
  return {
    advance(bytes) {
      // What was there before the first byte of this run is no measure of its speed.
      if (done === 0 && performance.now() - startedAt < 1) first = bytes;
      done += bytes;
      if (performance.now() - drawnAt > REDRAW_MS) draw();
    },
    end: () => stderr.write('\r\u001b[2K'),
  };
}

/** Columns that line up, the first row as their heads. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
