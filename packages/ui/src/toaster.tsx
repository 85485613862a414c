'use client';

import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import { Toaster as Sonner, toast } from 'sonner';
import { Spinner } from './spinner.tsx';
import { useTheme } from './theme.tsx';

export { toast };

/** One per app, inside `ThemeProvider`. Colours come from the tokens, not from sonner. */
export function Toaster() {
  const { theme } = useTheme();
  return (
    <Sonner
      theme={theme}
      containerAriaLabel="Messages"
      position="bottom-right"
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
