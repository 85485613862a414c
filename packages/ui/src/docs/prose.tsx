import type { ReactNode } from 'react';

/** The few shapes that the documentation is made of. */
export function Title({ children }: { children: ReactNode }) {
  return <h1 className="text-balance font-semibold text-3xl tracking-tight">{children}</h1>;
}

export function Lead({ children }: { children: ReactNode }) {
  return <p className="mt-3 text-pretty text-base text-muted-foreground leading-7">{children}</p>;
}

export function Section({
  id,
  title,
  children,
}: {
  id: string;
  title: string;
  children: ReactNode;
}) {
  return (
    <section aria-labelledby={id} className="mt-10">
      <h2 id={id} className="scroll-mt-20 font-semibold text-xl tracking-tight">
        <a href={`#${id}`} className="rounded-sm hover:underline hover:underline-offset-4">
          {title}
        </a>
      </h2>
      <div className="mt-3 flex flex-col gap-4 leading-6">{children}</div>
    </section>
  );
}

export function Code({ children }: { children: ReactNode }) {
  return <code className="rounded-sm bg-muted px-1 py-0.5 font-mono text-[13px]">{children}</code>;
}
