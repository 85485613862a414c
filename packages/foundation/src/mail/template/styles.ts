import type { CSSProperties } from 'react';

const FONT =
  "Inter, -apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

/** In line, because many mailboxes throw style sheets away; `DARK` is for those that do not. */
export const STYLES = {
  body: { margin: 0, padding: '24px 12px', backgroundColor: '#fafbfc', fontFamily: FONT },
  card: {
    maxWidth: '560px',
    padding: '32px 28px',
    backgroundColor: '#ffffff',
    border: '1px solid #e3e6ea',
    borderRadius: '8px',
  },
  brand: { margin: '0 0 24px', fontSize: '15px', fontWeight: 600, color: '#14171c' },
  title: {
    margin: '0 0 12px',
    fontSize: '22px',
    lineHeight: '28px',
    fontWeight: 600,
    letterSpacing: '-0.01em',
    color: '#14171c',
  },
  text: { margin: '0 0 16px', fontSize: '15px', lineHeight: '24px', color: '#14171c' },
  muted: { margin: '0 0 8px', fontSize: '13px', lineHeight: '20px', color: '#565d69' },
  button: {
    padding: '11px 20px',
    backgroundColor: '#1558d6',
    color: '#ffffff',
    borderRadius: '6px',
    fontSize: '15px',
    fontWeight: 600,
    textDecoration: 'none',
  },
  link: { color: '#1553c7', textDecoration: 'underline', overflowWrap: 'anywhere' },
  rule: { margin: '24px 0 16px', border: 0, borderTop: '1px solid #e3e6ea' },
  table: { width: '100%', borderCollapse: 'collapse', margin: '0 0 20px' },
  heading: {
    padding: '0 0 6px',
    textAlign: 'left',
    fontSize: '13px',
    fontWeight: 500,
    color: '#565d69',
    borderBottom: '1px solid #e3e6ea',
  },
  cell: {
    padding: '9px 12px 9px 0',
    verticalAlign: 'top',
    textAlign: 'left',
    fontSize: '14px',
    lineHeight: '20px',
    color: '#14171c',
    borderBottom: '1px solid #e3e6ea',
    overflowWrap: 'anywhere',
  },
  number: { textAlign: 'right', padding: '9px 0 9px 10px', whiteSpace: 'nowrap' },
} as const satisfies Record<string, CSSProperties>;

export const DARK = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .m-body { background-color: #0c0e11 !important; }
  .m-card { background-color: #13161a !important; border-color: #262b33 !important; }
  .m-strong { color: #eceef1 !important; border-color: #262b33 !important; }
  .m-soft { color: #a1a8b4 !important; border-color: #262b33 !important; }
  .m-link { color: #82b1ff !important; }
  .m-button { background-color: #2a6be0 !important; }
}
@media (max-width: 480px) { .m-card { padding: 24px 18px !important; } }`;
