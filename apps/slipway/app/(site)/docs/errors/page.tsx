import { CodeBlock } from '@repo/ui/code-block';
import { ErrorCodeList } from '@repo/ui/docs/error-codes';
import { Code, Lead, Section, Title } from '@repo/ui/docs/prose';
import type { Metadata } from 'next';
import Link from 'next/link';
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
        <ErrorCodeList entries={errorCodes} Link={Link} />
      </Section>
    </>
  );
}
