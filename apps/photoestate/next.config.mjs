import { join } from 'node:path';
import { PHASE_DEVELOPMENT_SERVER } from 'next/constants.js';
import { galleryHeaders, pageHeaders, referenceHeaders } from './lib/security-headers.ts';

// Not next.config.ts: Next compiles that to CommonJS at every start, also in production, and then
// cannot resolve what it imports when the server is our own. Node reads this file as it is.

/** @type {(phase: string) => import('next').NextConfig} */
const configure = (phase) => ({
  reactStrictMode: true,
  poweredByHeader: false,
  agentRules: false,
  devIndicators: false,
  // The address that this server announces, also to `npm run dev`'s live reload.
  allowedDevOrigins: ['127.0.0.1', 'localhost'],
  // Types are checked once for the whole repository, by `npm run check`.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: join(import.meta.dirname, '../..') },
  serverExternalPackages: ['pg', 'pg-boss', 'better-auth'],
  headers: async () => [
    { source: '/((?!docs/api).*)', headers: pageHeaders(phase === PHASE_DEVELOPMENT_SERVER) },
    { source: '/docs/api/:path*', headers: referenceHeaders(phase === PHASE_DEVELOPMENT_SERVER) },
    { source: '/g/:path*', headers: galleryHeaders },
  ],
});

export default configure;
