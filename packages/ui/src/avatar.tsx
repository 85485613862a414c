import { cn } from './cn.ts';

function initials(name: string): string {
  const words = name
    .trim()
    .split(/[\s._@-]+/)
    .filter(Boolean);
  const first = words[0]?.[0] ?? '?';
  const second = words.length > 1 ? (words[1]?.[0] ?? '') : '';
  return (first + second).toUpperCase();
}

type Props = {
  name: string;
  /** Shown instead of the initials; when it cannot be loaded, they are there. */
  src?: string | null | undefined;
  className?: string;
};

/** Decorative: the name stands beside it or on the button around it. */
export function Avatar({ name, src, className }: Props) {
  return (
    <span
      aria-hidden="true"
      data-initials={initials(name)}
      className={cn(
        // Drawn by CSS, so that the two letters are no part of any name that is read out.
        'before:content-[attr(data-initials)]',
        'relative inline-flex size-6 shrink-0 select-none items-center justify-center overflow-hidden rounded-full bg-primary-soft font-semibold text-[10px] text-link leading-none',
        className,
      )}
    >
      {src ? (
        <img
          src={src}
          alt=""
          className="absolute inset-0 size-full bg-muted object-cover"
          onError={({ currentTarget }) => {
            currentTarget.hidden = true;
          }}
        />
      ) : null}
    </span>
  );
}
