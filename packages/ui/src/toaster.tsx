'use client';

import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import { Toaster as Sonner, toast } from 'sonner';
import { Spinner } from './spinner.tsx';
import { useTheme } from './theme.tsx';

export { toast };

export type ToasterProps = {
  /** Choose one where nothing else floats. */
  position?: 'bottom-right' | 'bottom-center' | 'top-right' | 'top-center';
};

/** One per app, inside `ThemeProvider`. Colours come from the tokens, not from sonner. */
export function Toaster({ position = 'bottom-right' }: ToasterProps) {
  const { theme } = useTheme();
  return (
    <Sonner
      theme={theme}
      containerAriaLabel="Messages"
      position={position}
      offset={position.startsWith('top') ? { top: 68 } : 16}
      mobileOffset={position.startsWith('top') ? { top: 64 } : 12}
      gap={8}
      icons={{
        success: <CircleCheck className="size-4 text-success" />,
        error: <CircleAlert className="size-4 text-danger" />,
        warning: <TriangleAlert className="size-4 text-warning" />,
        info: <Info className="size-4 text-info" />,
        loading: <Spinner />,
      }}
      toastOptions={{
        style: {
          background: 'var(--popover)',
          color: 'var(--foreground)',
          border: '1px solid var(--border)',
          borderRadius: '8px',
          boxShadow: 'var(--shadow-popover)',
          fontFamily: 'var(--font-sans)',
          fontSize: '14px',
        },
        classNames: {
          description: 'text-muted-foreground!',
          actionButton: 'bg-primary! text-primary-foreground!',
        },
      }}
    />
  );
}
