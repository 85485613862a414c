import { join } from 'node:path';
import type { NextConfig } from 'next';
import { pageHeaders, referenceHeaders } from './lib/security-headers.ts';

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  agentRules: false,
  // Types are checked once for the whole repository, by `npm run check`.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: join(import.meta.dirname, '../..') },
  serverExternalPackages: ['pg', 'pg-boss', 'better-auth'],
  devIndicators: false,
  headers: async () => {
    const dev = process.env.NODE_ENV === 'development';
    return [
      { source: '/((?!docs/api).*)', headers: pageHeaders(dev) },
      { source: '/docs/api/:path*', headers: referenceHeaders(dev) },
    ];
  },
};

export default config;
