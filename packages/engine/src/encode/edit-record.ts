import type { StepName } from '../steps/step-names.ts';

/** What the file says of its own making. */
export type EditRecord = {
  /** Name and version of the program. */
  readonly software: string;
  /** Exposures that are in the photo. */
  readonly exposures: number;
  /** Names of the steps that changed something, in order. */
  readonly steps: readonly string[];
};

/** Words of the photographer or agent; `null` leaves the field out. */
export type PhotoTexts = {
  readonly title: string | null;
  readonly altText: string | null;
  readonly artist: string | null;
  readonly copyright: string | null;
};

/** IPTC NewsCodes, http://cv.iptc.org/newscodes/digitalsourcetype/ */
const SOURCE_TYPES = 'http://cv.iptc.org/newscodes/digitalsourcetype/';

/** Steps after which something is not seen as it stood before the camera: more than photographic work. */
export const ALTERING_STEPS: readonly StepName[] = ['sky', 'privacy', 'dusk'];

/**
 * How the photo came about, in IPTC's terms: several frames merged by signal processing (which names
 * HDR), one frame changed by an algorithm, or parts of other photos put in. Where something was hidden, or
 * is shown in another light, it is no mere capture any more, however many frames there are.
 */
export function digitalSourceType({ exposures, steps }: EditRecord): string {
  if (steps.includes('sky')) return `${SOURCE_TYPES}compositeCapture`;
  const altered = ALTERING_STEPS.some((name) => steps.includes(name));
  return exposures > 1 && !altered
    ? `${SOURCE_TYPES}computationalCapture`
    : `${SOURCE_TYPES}algorithmicallyEnhanced`;
}

/** One sentence for whoever must know whether a picture of a house was changed. */
export function disclosure({ exposures, steps }: EditRecord): string {
  const source =
    exposures > 1 ? `Merged from ${exposures} exposures of one view` : 'Made from one exposure';
  const changed = steps.length > 0 ? ` Steps: ${steps.join(', ')}.` : '';
  const hidden = steps.includes('privacy') ? ' Faces or marked areas were blurred.' : '';
  const light = steps.includes('dusk') ? ' The light of the day was changed to that of dusk.' : '';
  const added = steps.includes('sky') ? 'The sky was replaced.' : 'Nothing was added to the scene.';
  return `${source}.${changed}${hidden}${light} ${added}`;
}

/**
 * The XMP packet (ISO 16684-1) with the record of edits and the words. No dates: the same photo is the
 * same file, whenever it is made.
 */
export function xmpPacket(record: EditRecord, texts: PhotoTexts, captured: string | null): string {
  const properties = [
    simple('xmp:CreatorTool', record.software),
    simple('Iptc4xmpExt:DigitalSourceType', digitalSourceType(record)),
    captured === null ? '' : simple('photoshop:DateCreated', captured),
    texts.artist === null
      ? ''
      : list('dc:creator', 'Seq', `<rdf:li>${xmlText(texts.artist)}</rdf:li>`),
    language('dc:rights', texts.copyright),
    language('dc:title', texts.title),
    language('Iptc4xmpCore:AltTextAccessibility', texts.altText),
    list('xmpMM:History', 'Seq', event(record)),
  ];
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" ${NAMESPACES}>
${properties.filter((property) => property !== '').join('\n')}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`;
}

const NAMESPACES = Object.entries({
  dc: 'http://purl.org/dc/elements/1.1/',
  xmp: 'http://ns.adobe.com/xap/1.0/',
  xmpMM: 'http://ns.adobe.com/xap/1.0/mm/',
  stEvt: 'http://ns.adobe.com/xap/1.0/sType/ResourceEvent#',
  photoshop: 'http://ns.adobe.com/photoshop/1.0/',
  Iptc4xmpCore: 'http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/',
  Iptc4xmpExt: 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/',
})
  .map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`)
  .join(' ');

function simple(name: string, value: string): string {
  return `<${name}>${xmlText(value)}</${name}>`;
}

function language(name: string, value: string | null): string {
  if (value === null) return '';
  return list(name, 'Alt', `<rdf:li xml:lang="x-default">${xmlText(value)}</rdf:li>`);
}

function list(name: string, kind: 'Seq' | 'Alt', items: string): string {
  return `<${name}><rdf:${kind}>${items}</rdf:${kind}></${name}>`;
}

function event(record: EditRecord): string {
  const fields = [
    simple('stEvt:action', 'edited'),
    simple('stEvt:softwareAgent', record.software),
    simple('stEvt:parameters', disclosure(record)),
  ];
  return `<rdf:li rdf:parseType="Resource">${fields.join('')}</rdf:li>`;
}

/** Text for XML 1.0: its own signs written out, signs that it does not know left out. */
function xmlText(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
