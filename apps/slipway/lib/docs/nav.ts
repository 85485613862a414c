/** Every page, in reading order. `content/docs/<slug>.md` is its text, unless `external` says otherwise. */
export interface NavPage {
  href: string;
  label: string;
}

export interface NavSection {
  title: string;
  pages: readonly NavPage[];
}

const page = (slug: string, label: string): NavPage => ({
  href: slug === '' ? '/docs' : `/docs/${slug}`,
  label,
});

export const DOCS_NAV: readonly NavSection[] = [
  {
    title: 'Start',
    pages: [
      page('', 'Getting started'),
      page('start/install', 'Installation'),
      page('start/next', 'Next.js'),
      page('start/hono', 'Hono'),
      page('start/express', 'Express'),
      page('start/fastify', 'Fastify'),
      page('start/element', 'Web component'),
      page('start/html', 'Plain HTML'),
      page('start/api', 'Any language'),
      page('frameworks', 'All frameworks'),
    ],
  },
  {
    title: 'Concepts',
    pages: [
      page('concepts/file-life', 'Life of a file'),
      page('concepts/versions', 'Versions and copies'),
      page('concepts/test-mode', 'Test mode'),
      page('concepts/tenancy', 'Organizations and projects'),
      page('keys', 'Keys and roles'),
      page('rules', 'Rules'),
      page('limits', 'Limits'),
      page('plans', 'Plans and quotas'),
    ],
  },
  {
    title: 'Guides',
    pages: [
      page('guides/private-files', 'Private files'),
      page('pictures', 'Pictures'),
      page('guides/callbacks', 'Completion callbacks'),
      page('webhooks', 'Webhooks'),
      page('guides/from-url', 'Files from an address'),
      page('guides/end-user-quotas', 'Quotas per end-user'),
      page('guides/testing', 'Testing your uploads'),
      page('guides/migrating', 'Moving to Slipway'),
      page('uploadthing', 'From UploadThing'),
      page('guides/migrating-uploadthing', 'Migrating from UploadThing'),
    ],
  },
  {
    title: 'Reference',
    pages: [
      page('reference/sdk', 'SDK'),
      page('cli', 'CLI'),
      page('reference/cli', 'CLI commands'),
      page('api', 'REST API'),
      page('errors', 'Errors'),
    ],
  },
  {
    title: 'Running it',
    pages: [
      page('self-hosting', 'Self-hosting'),
      page('self-hosting/environment', 'Environment'),
      page('notifications', 'Mails'),
      page('security', 'Security'),
    ],
  },
];

export const DOCS_PAGES: readonly NavPage[] = DOCS_NAV.flatMap(({ pages }) => pages);
/** Pages that are not written in Markdown. */
const OTHERWISE = new Set(['/docs/api', '/docs/errors']);

/** Addresses below /docs of the pages that are, '' for the first. */
export const DOCS_SLUGS: readonly string[] = DOCS_PAGES.filter(
  ({ href }) => !OTHERWISE.has(href),
).map(({ href }) => href.slice('/docs/'.length));
