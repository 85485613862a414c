import { PageHeader } from '@repo/ui/page-header';
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { adviceFor, type ErrorEntry, errorCodes } from '../../../../lib/error-codes.ts';

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
  const { code, status, meaning } = await entryOf(props);
  return (
    <main className="mx-auto flex max-w-3xl flex-col gap-4 px-4 py-8 sm:px-6">
      <PageHeader title={code} description={meaning} />
      <p className="text-sm">
        It comes with the HTTP status {status}. {adviceFor(status)} If you ask somebody about it,
        give them the request’s id: it finds the request in the logs.
      </p>
      <p className="text-sm">
        <Link href="/docs/errors" className="rounded-sm text-link underline underline-offset-4">
          All errors
        </Link>
      </p>
    </main>
  );
}
