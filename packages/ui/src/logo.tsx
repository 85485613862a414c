import { cn } from './cn.ts';

type MarkProps = { className?: string };

/** A hull on its ramp. */
export function SlipwayMark({ className }: MarkProps) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={cn('size-6', className)}>
      <rect width="24" height="24" rx="6" className="fill-primary" />
      <path
        d="M4.5 11.2 17.6 6.4c-.2 3.6-2.1 6.2-5.3 7.4l-4.1 1.5z"
        className="fill-primary-foreground"
      />
      <path
        d="M4.5 18.6 19.5 13.1"
        fill="none"
        strokeWidth="2"
        strokeLinecap="round"
        className="stroke-primary-foreground"
      />
    </svg>
  );
}

/** A house whose window holds the light. */
export function PhotoEstateMark({ className }: MarkProps) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={cn('size-6', className)}>
      <rect width="24" height="24" rx="6" className="fill-primary" />
      <path d="M12 4.5 4.75 10.4V19h14.5v-8.6z" className="fill-primary-foreground" />
      <path d="M9 12h6v4.5H9z" className="fill-primary" />
    </svg>
  );
}

type LogoProps = { className?: string; hideName?: boolean };

export function SlipwayLogo({ className, hideName }: LogoProps) {
  return (
    <span
      className={cn(
        'inline-flex items-center gap-2 font-semibold text-[15px] tracking-tight',
        className,
      )}
    >
      <SlipwayMark />
      <span className={hideName ? 'max-sm:sr-only' : undefined}>Slipway</span>
    </span>
  );
}

export function PhotoEstateLogo({ className, hideName }: LogoProps) {
  return (
    <span
      className={cn(
        'inline-flex items-center gap-2 font-semibold text-[15px] tracking-tight',
        className,
      )}
    >
      <PhotoEstateMark />
      <span className={hideName ? 'max-sm:sr-only' : undefined}>
        PhotoEstate <span className="font-normal text-muted-foreground">Pro</span>
      </span>
    </span>
  );
}
