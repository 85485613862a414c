import { cva, type VariantProps } from 'class-variance-authority';
import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn.ts';
import { Spinner } from './spinner.tsx';

export const buttonVariants = cva(
  'inline-flex shrink-0 select-none items-center justify-center gap-2 whitespace-nowrap rounded-md font-medium transition-colors disabled:pointer-events-none disabled:opacity-50 aria-disabled:pointer-events-none aria-disabled:opacity-50 [&_svg:not([class*=size-])]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'bg-primary text-primary-foreground shadow-xs hover:bg-primary-hover',
        secondary: 'border border-border-strong bg-card text-foreground shadow-xs hover:bg-muted',
        ghost: 'text-foreground hover:bg-hover',
        danger: 'bg-destructive text-destructive-foreground shadow-xs hover:bg-destructive-hover',
        'danger-quiet':
          'border border-border-strong bg-card text-danger shadow-xs hover:bg-danger-soft',
        link: 'rounded-sm text-link underline-offset-4 hover:underline',
      },
      size: {
        sm: 'h-7 px-2.5 text-xs',
        md: 'h-8 px-3 text-sm',
        lg: 'h-10 px-4 text-sm',
        icon: 'size-8',
        'icon-sm': 'size-7',
      },
    },
    compoundVariants: [{ variant: 'link', class: 'h-auto px-0 shadow-none' }],
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
);

export type ButtonProps = ComponentProps<'button'> &
  VariantProps<typeof buttonVariants> & {
    /** Render the only child (a link, say) with the button's looks. */
    asChild?: boolean;
    /** Shows a spinner, keeps the label and refuses a second press. */
    busy?: boolean;
  };

export function Button({
  className,
  variant,
  size,
  asChild,
  busy,
  children,
  type,
  ...props
}: ButtonProps) {
  const classes = cn(buttonVariants({ variant, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={classes} {...props}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      type={type ?? 'button'}
      className={classes}
      {...props}
      aria-busy={busy || undefined}
      disabled={busy || props.disabled}
    >
      {busy ? <Spinner /> : null}
      {children}
    </button>
  );
}
