/** Part of every recipe: the same frames, recipe and version give the same bytes. */
export const ENGINE_VERSION = '0.2.0';
