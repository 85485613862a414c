/** Our tokens in Scalar's names, so that the reference looks like the rest of the site. */
const css = `
.light-mode, .dark-mode {
  --scalar-font: var(--font-sans, 'Inter Variable', sans-serif);
  --scalar-font-code: 'JetBrains Mono Variable', ui-monospace, monospace;
  --scalar-color-1: var(--foreground);
  --scalar-color-2: var(--muted-foreground);
  --scalar-color-3: var(--muted-foreground);
  --scalar-color-accent: var(--link);
  --scalar-background-1: var(--card);
  --scalar-background-2: var(--background);
  --scalar-background-3: var(--muted);
  --scalar-background-accent: var(--primary-soft);
  --scalar-border-color: var(--border);
  --scalar-button-1: var(--primary);
  --scalar-button-1-color: var(--primary-foreground);
  --scalar-button-1-hover: var(--primary-hover);
  --scalar-color-green: var(--success);
  --scalar-color-red: var(--danger);
  --scalar-color-yellow: var(--warning);
  --scalar-color-blue: var(--info);
  --scalar-color-orange: var(--warning);
  --scalar-color-purple: var(--code-keyword);
  --scalar-radius: 6px;
  --scalar-radius-lg: 8px;
  --scalar-custom-header-height: 57px;
}
[data-sidebar-id] button { min-width: 24px; min-height: 24px; }`;

/** Nothing of it may call home: no proxy, no fonts, no telemetry, no assistants. */
export function referenceConfiguration({
  documentUrl,
  title,
  dark,
}: {
  documentUrl: string;
  title: string;
  dark: boolean;
}): object {
  return {
    url: documentUrl,
    telemetry: false,
    withDefaultFonts: false,
    proxyUrl: '',
    showDeveloperTools: 'never',
    hideClientButton: true,
    agent: { disabled: true },
    mcp: { disabled: true },
    hideDarkModeToggle: true,
    forceDarkModeState: dark ? 'dark' : 'light',
    theme: 'none',
    defaultOpenFirstTag: true,
    persistAuth: false,
    documentDownloadType: 'json',
    defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
    authentication: { preferredSecurityScheme: 'apiKey' },
    metaData: { title },
    customCss: css,
  };
}
