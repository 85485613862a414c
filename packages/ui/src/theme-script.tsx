export const themes = ['light', 'dark', 'system'] as const;
export type Theme = (typeof themes)[number];

export const themeStorageKey = 'theme';

/**
 * Runs before the first paint and puts the chosen theme on `<html>`, so that no page flashes in
 * the wrong one. Kept as a string: it must be inline and must not wait for a bundle.
 */
export function themeScript(defaultTheme: Theme): string {
  return `(function(){var d=document.documentElement,t=null;try{t=localStorage.getItem(${JSON.stringify(themeStorageKey)})}catch(e){}
if(t!=='light'&&t!=='dark'&&t!=='system')t=${JSON.stringify(defaultTheme)};
var k=t==='dark'||(t==='system'&&matchMedia('(prefers-color-scheme: dark)').matches);
d.classList.toggle('dark',k);d.dataset.theme=t})()`;
}

/** Put it first in `<head>`, and `suppressHydrationWarning` on `<html>`. */
export function ThemeScript({ defaultTheme = 'system' }: { defaultTheme?: Theme }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant, nothing of the user's in it
  return <script dangerouslySetInnerHTML={{ __html: themeScript(defaultTheme) }} />;
}
