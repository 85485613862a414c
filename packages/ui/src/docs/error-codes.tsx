import type { ElementType } from 'react';
import { CodeBlock } from '../code-block.tsx';
import { Code, Lead, Section, Title } from './prose.tsx';

/** What is behind a code of an API, and what to do about it. */
export type ErrorEntry = { code: string; status: number; meaning: string; remedy: string };

/** The app's own way from page to page. */
type WithLink = { Link: ElementType };

type CodesProps = WithLink & {
  /** An error as it arrives. */
  sample: string;
  entries: readonly ErrorEntry[];
};

/** How errors of an API look, and every code. */
export function ErrorCodes({ sample, entries, Link }: CodesProps) {
  return (
    <>
      <Title>Errors</Title>
      <Lead>
        Every error has one shape. Decide by <Code>code</Code>, which is stable; show{' '}
        <Code>message</Code>, which says what was expected and what came; keep{' '}
        <Code>requestId</Code>, which finds the request in the logs.
      </Lead>
      <CodeBlock language="json" code={sample} className="mt-6" />
      <Section id="codes" title="Codes">
        <ErrorCodeList entries={entries} Link={Link} />
      </Section>
    </>
  );
}

/** Each with a page of its own. */
function ErrorCodeList({ entries, Link }: Omit<CodesProps, 'sample'>) {
  return (
    <dl className="divide-y rounded-lg border">
      {entries.map(({ code, status, meaning, remedy }) => (
        <div
          key={code}
          id={code}
          className="grid scroll-mt-20 gap-x-4 gap-y-1 px-4 py-2.5 target:bg-primary-soft sm:grid-cols-[17rem_minmax(0,1fr)]"
        >
          <dt className="flex items-baseline gap-3">
            <span className="text-muted-foreground text-xs tabular-nums">{status}</span>
            <Link
              href={`/docs/errors/${code}`}
              className="rounded-sm font-mono text-[13px] hover:underline"
            >
              {code}
            </Link>
          </dt>
          <dd>
            {meaning} <span className="text-muted-foreground">{remedy}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

type CodeProps = WithLink & {
  entry: ErrorEntry;
  entries: readonly ErrorEntry[];
  /** Where the product runs, in the sample. */
  host: string;
  /** How it arrives, after its status. */
  arrival?: string;
  /** What callers may do about its status. */
  advice: string;
};

/** Where the `docs` of every error leads. */
export function ErrorCodePage({ entry, entries, host, arrival = '', advice, Link }: CodeProps) {
  const { code, status, meaning, remedy } = entry;
  const kin = entries.filter((each) => each.status === status && each.code !== code);
  return (
    <>
      <p className="mb-2 text-muted-foreground text-sm">
        <Link href="/docs/errors" className="rounded-sm hover:text-foreground hover:underline">
          Errors
        </Link>
      </p>
      <Title>
        <span className="font-mono text-2xl [overflow-wrap:anywhere]">{code}</span>
      </Title>
      <Lead>{meaning}</Lead>
      <Section id="do" title="What to do">
        <p>{remedy}</p>
        <p>
          {advice} If you ask somebody about it, give them the <Code>requestId</Code>: it finds the
          request in the server’s logs.
        </p>
      </Section>
      <Section id="answer" title="How it arrives">
        <p>
          HTTP status <Code>{String(status)}</Code>
          {arrival}. The message says what was expected and what came.
        </p>
        <CodeBlock language="json" code={answerOf(host, code)} />
      </Section>
      {kin.length > 0 ? (
        <Section id="others" title={`Others with status ${status}`}>
          <ul className="flex flex-wrap gap-x-5 gap-y-2">
            {kin.map((each) => (
              <li key={each.code}>
                <Link
                  href={`/docs/errors/${each.code}`}
                  className="rounded-sm font-mono text-[13px] text-link underline underline-offset-4"
                >
                  {each.code}
                </Link>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </>
  );
}

function answerOf(host: string, code: string): string {
  const docs = `${host}/docs/errors/${code}`;
  return JSON.stringify({ error: { code, message: '…', docs, requestId: 'req_…' } }, null, 2);
}
