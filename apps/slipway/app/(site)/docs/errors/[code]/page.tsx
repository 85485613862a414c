import { CodeBlock } from '@repo/ui/code-block';
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { Code, Lead, Section, Title } from '../../../../../components/site/prose.tsx';
import { type ErrorEntry, errorCodes } from '../../../../../lib/error-codes.ts';

type Props = { params: Promise<{ code: string }> };

export const dynamicParams = false;

export function generateStaticParams(): { code: string }[] {
  return errorCodes.map(({ code }) => ({ code }));
}

async function entryOf({ params }: Props): Promise<ErrorEntry> {
  const { code } = await params;
  return errorCodes.find((entry) => entry.code === code) ?? notFound();
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { code, meaning } = await entryOf(props);
  return { title: code, description: meaning };
}

/** Where the `docs` of every error leads. */
export default async function ErrorPage(props: Props) {
  const { code, status, meaning, remedy } = await entryOf(props);
  const kin = errorCodes.filter((entry) => entry.status === status && entry.code !== code);
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
          {adviceFor(status)} If you ask somebody about it, give them the <Code>requestId</Code>: it
          finds the request in the server’s logs.
        </p>
      </Section>
      <Section id="answer" title="How it arrives">
        <p>
          HTTP status <Code>{String(status)}</Code>, and in the SDK a <Code>SlipwayError</Code>{' '}
          whose <Code>code</Code> is <Code>{code}</Code>. The message says what was expected and
          what came.
        </p>
        <CodeBlock language="json" code={answerOf(code)} />
      </Section>
      {kin.length > 0 ? (
        <Section id="others" title={`Others with status ${status}`}>
          <ul className="flex flex-wrap gap-x-5 gap-y-2">
            {kin.map((entry) => (
              <li key={entry.code}>
                <Link
                  href={`/docs/errors/${entry.code}`}
                  className="rounded-sm font-mono text-[13px] text-link underline underline-offset-4"
                >
                  {entry.code}
                </Link>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </>
  );
}

function answerOf(code: string): string {
  const docs = `https://uploads.example.com/docs/errors/${code}`;
  return JSON.stringify({ error: { code, message: '…', docs, requestId: 'req_…' } }, null, 2);
}

function adviceFor(status: number): string {
  if (status === 429) return 'Wait as long as Retry-After says; the SDK does so by itself.';
  if (status >= 500) return 'The same call may be repeated later; the SDK does so by itself.';
  return 'The same call again gets the same answer until something changes.';
}
