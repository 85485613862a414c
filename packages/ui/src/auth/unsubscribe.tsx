import type { ReactNode } from 'react';
import { Button } from '../button.tsx';

type Query = Record<string, string | string[] | undefined>;
type Props = {
  query: Query;
  /** What a kind of mail is called. */
  kindName: (kind: string) => string;
  /** Where all of them are chosen. */
  settingsHref: string;
};

const one = (value: string | string[] | undefined) => (typeof value === 'string' ? value : '');

/** Asks first: opening a link must change nothing. Works without a session and without a script. */
export function Unsubscribe({ query, kindName, settingsHref }: Props) {
  const done = one(query['done']);
  if (done !== '') {
    return (
      <div role="status">
        <Words title="You are unsubscribed">
          “{kindName(done)}” is not mailed to you any more.
        </Words>
        <More href={settingsHref}>All notifications</More>
      </div>
    );
  }
  const link = ['expires', 'kind', 'signature', 'user'].map((name) => [name, one(query[name])]);
  const search = new URLSearchParams(link as [string, string][]);
  // Without a whole link nobody knows whom to mail no more: a button could only fail.
  if (link.some(([, value]) => value === '')) {
    return (
      <>
        <Words title="This link is not complete">
          Open “Unsubscribe” from the mail itself, or copy its whole address. Or sign in and choose
          which mails you get.
        </Words>
        <More href={settingsHref}>Choose notifications</More>
      </>
    );
  }
  return (
    <form method="post" action={`/api/unsubscribe?${search}`}>
      <Words title="Unsubscribe?">
        “{kindName(search.get('kind') ?? '')}” will not be mailed to you any more. Other mails still
        are.
      </Words>
      <input type="hidden" name="List-Unsubscribe" value="One-Click" />
      <Button type="submit" variant="primary" size="lg" className="mt-6 w-full">
        Unsubscribe
      </Button>
    </form>
  );
}

function Words({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
      <p className="mt-2 text-muted-foreground text-sm">{children}</p>
    </>
  );
}

function More({ href, children }: { href: string; children: ReactNode }) {
  return (
    <p className="mt-6 text-sm">
      <a href={href} className="text-link underline underline-offset-4">
        {children}
      </a>
    </p>
  );
}
