import { Badge } from '../badge.tsx';
import { CodeBlock } from '../code-block.tsx';
import { DateTime } from '../time.tsx';

type Try = {
  at: string | Date;
  durationMs: number;
  succeeded: boolean;
  problem: string | null;
  request: { url: string; headers?: Record<string, string> } | null;
  response: { status: number; headers?: Record<string, string>; body: string } | null;
};

/** Each time that somebody’s server was told of something, with what was sent and answered. */
export function Tries({ tries }: { tries: readonly Try[] }) {
  return (
    <>
      <h3 className="font-semibold text-sm">
        {tries.length === 0 ? 'Not tried yet' : 'Tries, newest first'}
      </h3>
      <ol className="flex flex-col gap-2">
        {tries.map((attempt) => (
          <li key={String(attempt.at)} className="rounded-lg border">
            <OneTry attempt={attempt} />
          </li>
        ))}
      </ol>
    </>
  );
}

function OneTry({ attempt }: { attempt: Try }) {
  const { at, durationMs, succeeded, problem, request, response } = attempt;
  return (
    <details className="group">
      <summary className="flex cursor-pointer flex-wrap items-center gap-2 px-3 py-2 text-sm">
        <Badge tone={succeeded ? 'success' : 'danger'}>{response?.status ?? 'No answer'}</Badge>
        <DateTime value={at} />
        <span className="text-muted-foreground text-xs tabular-nums">{durationMs} ms</span>
        {problem ? <span className="w-full text-muted-foreground text-xs">{problem}</span> : null}
      </summary>
      <div className="flex flex-col gap-3 border-t p-3">
        {request ? (
          <CodeBlock
            label="Request"
            wrap
            code={`POST ${request.url}\n${headerLines(request.headers)}`.trim()}
          />
        ) : (
          <p className="text-muted-foreground text-sm">
            Sent down the stream that a developer’s machine keeps open.
          </p>
        )}
        {response ? (
          <CodeBlock
            label="Answer"
            wrap
            code={`${headerLines(response.headers)}\n\n${response.body}`.trim()}
          />
        ) : null}
      </div>
    </details>
  );
}

const headerLines = (headers: Record<string, string> = {}) =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
