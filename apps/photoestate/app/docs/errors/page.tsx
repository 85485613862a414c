import { CodeBlock } from '@repo/ui/code-block';
import { ErrorCodeList } from '@repo/ui/docs/error-codes';
import { Code, Lead, Section, Title } from '@repo/ui/docs/prose';
import type { Metadata } from 'next';
import Link from 'next/link';
import { errorCodes } from '../../../lib/error-codes.ts';

export const metadata: Metadata = { title: 'Errors of the API' };

const sample = `{
  "error": {
    "code": "insufficient_credits",
    "message": "This needs 12 credits, and there are 5 left. Nothing was started: …",
    "docs": "https://photos.example.com/docs/errors/insufficient_credits",
    "requestId": "req_…",
    "details": { "needed": 12, "available": 5 }
  }
}`;

/** Every code that the API answers with. */
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
        <ErrorCodeList entries={errorCodes} Link={Link} />
      </Section>
    </>
  );
}
