import { ThemeProvider } from '@repo/ui/theme';
import { ThemeScript } from '@repo/ui/theme-script';
import { Toaster } from '@repo/ui/toaster';
import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import './globals.css';

export const metadata: Metadata = {
  title: {
    default: 'PhotoEstate Pro – finished listing photos from bracketed exposures',
    template: '%s – PhotoEstate Pro',
  },
  description:
    'Drop a shoot of bracketed exposures and get finished listing photos: merged, colour-true, windows readable. Compare, approve, download.',
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#202020' },
  ],
};

/** Dark unless a person chose otherwise: photos are judged on a dark neutral ground. */
export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" data-product="photoestate" suppressHydrationWarning>
      <head>
        <ThemeScript defaultTheme="dark" />
      </head>
      <body>
        <ThemeProvider defaultTheme="dark">
          {children}
          <Toaster />
        </ThemeProvider>
      </body>
    </html>
  );
}
