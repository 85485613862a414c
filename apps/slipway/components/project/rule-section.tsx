import type { ReactNode } from 'react';

const PLACES = { project: 'Project', route: 'Route', file: 'File' } as const;

type Props = {
  title: string;
  /** Who else may say something of it, beside the project. */
  also?: readonly ('route' | 'file')[];
  /** Which of them holds. */
  wins: string;
  children: ReactNode;
};

/** Rules that belong together, with where they are said and which of those holds. */
export function RuleSection({ title, also = [], wins, children }: Props) {
  return (
    <section className="grid gap-x-8 gap-y-4 border-t px-5 py-6 md:grid-cols-[13rem_minmax(0,1fr)]">
      <div className="flex flex-col gap-1.5">
        <h3 className="font-semibold text-sm">{title}</h3>
        <p className="flex flex-wrap items-center gap-1 text-muted-foreground text-xs">
          <span className="sr-only">Said by the</span>
          {(['project', ...also] as const).map((place, index) => (
            <span key={place} className="flex items-center gap-1">
              {index > 0 ? <span aria-hidden="true">›</span> : null}
              <span className="rounded-sm border px-1.5 py-px">{PLACES[place]}</span>
            </span>
          ))}
        </p>
        <p className="text-muted-foreground text-xs leading-4">{wins}</p>
      </div>
      <div className="flex min-w-0 flex-col gap-6">{children}</div>
    </section>
  );
}
