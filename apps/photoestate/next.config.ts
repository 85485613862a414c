import { join } from 'node:path';
import type { NextConfig } from 'next';
import { pageHeaders } from './lib/security-headers.ts';

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  agentRules: false,
  // Types are checked once for the whole repository, by `npm run check`.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: join(import.meta.dirname, '../..') },
  serverExternalPackages: ['pg', 'pg-boss', 'better-auth'],
  devIndicators: false,
  headers: async () => [
    { source: '/:path*', headers: pageHeaders(process.env.NODE_ENV === 'development') },
  ],
};

export default config;
