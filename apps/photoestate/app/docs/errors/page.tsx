import { Card } from '@repo/ui/card';
import { PageHeader } from '@repo/ui/page-header';
import type { Metadata } from 'next';
import Link from 'next/link';
import { errorCodes } from '../../../lib/error-codes.ts';

export const metadata: Metadata = { title: 'Errors of the API' };

/** Every code that the API answers with. */
export default function ErrorsPage() {
  return (
    <main className="mx-auto flex max-w-3xl flex-col gap-6 px-4 py-8 sm:px-6">
      <PageHeader
        title="Errors of the API"
        description="Decide by the code, which is stable. The message says what was expected and what came; the request’s id finds it in the logs."
      />
      <Card>
        <dl className="divide-y">
          {errorCodes.map(({ code, status, meaning }) => (
            <div key={code} className="grid gap-x-4 gap-y-1 px-5 py-3 sm:grid-cols-[17rem_1fr]">
              <dt className="flex items-baseline gap-3">
                <span className="text-muted-foreground text-xs tabular-nums">{status}</span>
                <Link
                  href={`/docs/errors/${code}`}
                  className="rounded-sm font-mono text-[13px] hover:underline"
                >
                  {code}
                </Link>
              </dt>
              <dd className="text-sm">{meaning}</dd>
            </div>
          ))}
        </dl>
      </Card>
    </main>
  );
}
