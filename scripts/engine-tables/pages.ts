/** Pages with tables that come from the engine's own data. */
export const ENGINE_PAGES = ['docs/engine.md', 'packages/engine/README.md'] as const;
