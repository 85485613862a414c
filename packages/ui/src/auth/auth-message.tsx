import type { ReactNode } from 'react';

/** What takes the place of a form once it is done. */
export function AuthMessage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div role="status">
      <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
      <p className="mt-2 text-muted-foreground text-sm [overflow-wrap:anywhere]">{children}</p>
      <p className="mt-6 text-sm">
        <a href="/sign-in" className="text-link underline underline-offset-4">
          Back to sign in
        </a>
      </p>
    </div>
  );
}
