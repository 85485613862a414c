import { Button } from '@repo/ui/button';
import type { Metadata } from 'next';
import Link from 'next/link';
import { kindName } from '../../../components/notifications/kind-words.ts';

export const metadata: Metadata = { title: 'Unsubscribe', referrer: 'no-referrer' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const one = (value: string | string[] | undefined) => (typeof value === 'string' ? value : '');

/** Asks first: opening a link must change nothing. Works without a session and without a script. */
export default async function UnsubscribePage({ searchParams }: Props) {
  const query = await searchParams;
  const done = one(query['done']);
  if (done !== '') {
    return (
      <div role="status">
        <h1 className="font-semibold text-2xl tracking-tight">You are unsubscribed</h1>
        <p className="mt-2 text-muted-foreground text-sm">
          “{kindName(done)}” is not mailed to you any more.
        </p>
        <p className="mt-6 text-sm">
          <Link href="/settings/notifications" className="text-link underline underline-offset-4">
            All notifications
          </Link>
        </p>
      </div>
    );
  }
  const link = ['expires', 'kind', 'signature', 'user'].map((name) => [name, one(query[name])]);
  const search = new URLSearchParams(link as [string, string][]);
  if (link.some(([, value]) => value === '')) return <NoLink />;
  return (
    <form method="post" action={`/api/unsubscribe?${search}`}>
      <h1 className="font-semibold text-2xl tracking-tight">Unsubscribe?</h1>
      <p className="mt-2 text-muted-foreground text-sm">
        “{kindName(search.get('kind') ?? '')}” will not be mailed to you any more. Other mails still
        are.
      </p>
      <input type="hidden" name="List-Unsubscribe" value="One-Click" />
      <Button type="submit" variant="primary" size="lg" className="mt-6 w-full">
        Unsubscribe
      </Button>
    </form>
  );
}

/** Without a whole link nobody knows whom to mail no more: a button could only fail. */
function NoLink() {
  return (
    <>
      <h1 className="font-semibold text-2xl tracking-tight">This link is not complete</h1>
      <p className="mt-2 text-muted-foreground text-sm">
        Open “Unsubscribe” from the mail itself, or copy its whole address. Or sign in and choose
        which mails you get.
      </p>
      <p className="mt-6 text-sm">
        <Link href="/settings/notifications" className="text-link underline underline-offset-4">
          Choose notifications
        </Link>
      </p>
    </>
  );
}
