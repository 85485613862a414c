import type { ReactNode } from 'react';

export const metadata = { title: 'Slipway with Next.js' };

export default function Layout({ children }: { readonly children: ReactNode }) {
  return (
    <html
      lang="en"
      style={{ colorScheme: 'light dark', background: 'Canvas', color: 'CanvasText' }}
    >
      <body
        style={{ fontFamily: 'system-ui', maxWidth: 640, margin: '40px auto', padding: '0 16px' }}
      >
        {children}
      </body>
    </html>
  );
}
