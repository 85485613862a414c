import { ThemeProvider } from '@repo/ui/theme';
import { ThemeScript } from '@repo/ui/theme-script';
import { Toaster } from '@repo/ui/toaster';
import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Slipway – file uploads on your own storage', template: '%s – Slipway' },
  description:
    'A self-hosted upload platform for developers: direct uploads to your own storage, and a "ready" you can rely on.',
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#13161a' },
  ],
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" data-product="slipway" suppressHydrationWarning>
      <head>
        <ThemeScript />
      </head>
      <body>
        <ThemeProvider>
          {children}
          {/* The lower right is where uploads are shown. */}
          <Toaster position="top-right" />
        </ThemeProvider>
      </body>
    </html>
  );
}
