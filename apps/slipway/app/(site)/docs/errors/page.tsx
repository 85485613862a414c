import { CodeBlock } from '@repo/ui/code-block';
import {
  Table,
  TableBody,
  TableCell,
  TableFrame,
  TableHead,
  TableHeaderCell,
  TableRow,
} from '@repo/ui/table';
import type { Metadata } from 'next';
import { Code, Lead, Section, Title } from '../../../../components/site/prose.tsx';
import { errorCodes } from '../../../../lib/error-codes.ts';

export const metadata: Metadata = { title: 'Errors' };

const sample = `{
  "error": {
    "code": "file_too_large",
    "message": "This project takes files of up to 5242880 bytes; this one has 9437184.",
    "docs": "https://uploads.example.com/docs/errors#file_too_large",
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
        <TableFrame>
          <Table>
            <TableHead>
              <TableRow>
                <TableHeaderCell>Code</TableHeaderCell>
                <TableHeaderCell numeric>HTTP</TableHeaderCell>
                <TableHeaderCell>What it means, and what helps</TableHeaderCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {errorCodes.map((entry) => (
                <TableRow
                  key={entry.code}
                  id={entry.code}
                  className="scroll-mt-20 target:bg-primary-soft"
                >
                  <TableCell className="align-top">
                    <a href={`#${entry.code}`} className="font-mono text-[13px] hover:underline">
                      {entry.code}
                    </a>
                  </TableCell>
                  <TableCell numeric className="align-top">
                    {entry.status}
                  </TableCell>
                  <TableCell className="min-w-56">
                    {entry.meaning} <span className="text-muted-foreground">{entry.remedy}</span>
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </TableFrame>
      </Section>
    </>
  );
}
