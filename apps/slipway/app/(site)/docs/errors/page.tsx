import { CodeBlock } from '@repo/ui/code-block';
import type { Metadata } from 'next';
import Link from 'next/link';
import { Code, Lead, Section, Title } from '../../../../components/site/prose.tsx';
import { errorCodes } from '../../../../lib/error-codes.ts';

export const metadata: Metadata = { title: 'Errors' };

const sample = `{
  "error": {
    "code": "file_too_large",
    "message": "This project takes files of up to 5242880 bytes; this one has 9437184.",
    "docs": "https://uploads.example.com/docs/errors/file_too_large",
    "requestId": "req_…",
    "details": { "rule": "maxSize", "expected": 5242880, "received": 9437184 }
  }
}`;

export default function ErrorsPage() {
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
        <dl className="divide-y rounded-lg border">
          {errorCodes.map(({ code, status, meaning, remedy }) => (
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
      </Section>
    </>
  );
}
