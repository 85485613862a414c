import { ErrorCodePage, type ErrorEntry } from '@repo/ui/docs/error-codes';
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { errorCodes } from '../../../../../lib/error-codes.ts';

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
  const entry = await entryOf(props);
  return (
    <ErrorCodePage
      entry={entry}
      entries={errorCodes}
      host="https://uploads.example.com"
      arrival={`, and in the SDK a SlipwayError whose code is ${entry.code}`}
      advice={adviceFor(entry.status)}
      Link={Link}
    />
  );
}

function adviceFor(status: number): string {
  if (status === 429) return 'Wait as long as Retry-After says; the SDK does so by itself.';
  if (status === 500) return 'The same call may be repeated later.';
  if (status > 500) return 'The same call may be repeated later; the SDK does so by itself.';
  return 'The same call again gets the same answer until something changes.';
}
