import { extname } from 'node:path';
import { slipwayError } from '../errors.ts';
import { areAlike, isText } from './sniff.ts';

/** What an extension stands for; with several types, any of them. Other extensions claim nothing. */
const EXTENSIONS: readonly (readonly [types: string, extensions: string])[] = [
  ['image/jpeg', 'jpg jpeg jpe jfif'],
  ['image/png', 'png apng'],
  ['image/gif', 'gif'],
  ['image/webp', 'webp'],
  ['image/avif', 'avif'],
  ['image/heic', 'heic heif hif'],
  ['image/tiff', 'tif tiff'],
  ['image/bmp', 'bmp'],
  ['image/x-icon', 'ico'],
  ['image/svg+xml', 'svg'],
  ['application/pdf', 'pdf'],
  ['application/zip application/x-zip-compressed application/x-zip', 'zip'],
  ['application/gzip', 'gz tgz'],
  ['application/x-7z-compressed', '7z'],
  ['application/x-rar-compressed application/x-rar', 'rar'],
  ['application/x-tar', 'tar'],
  [
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document application/zip',
    'docx',
  ],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet application/zip', 'xlsx'],
  [
    'application/vnd.openxmlformats-officedocument.presentationml.presentation application/zip',
    'pptx',
  ],
  ['application/msword', 'doc'],
  ['application/vnd.ms-excel', 'xls'],
  ['application/vnd.ms-powerpoint', 'ppt'],
  ['application/epub+zip application/zip', 'epub'],
  ['application/java-archive application/zip', 'jar'],
  ['video/mp4', 'mp4 m4v mov m4a 3gp'],
  ['video/webm', 'webm mkv'],
  ['video/vnd.avi', 'avi'],
  ['audio/mpeg', 'mp3'],
  ['audio/wav', 'wav'],
  ['audio/flac', 'flac'],
  ['audio/ogg', 'ogg oga ogv opus'],
  ['font/ttf application/x-font-ttf', 'ttf'],
  ['font/otf application/x-font-otf', 'otf'],
  ['font/woff application/font-woff', 'woff'],
  ['font/woff2 application/font-woff2', 'woff2'],
  [
    'application/x-msdownload application/vnd.microsoft.portable-executable application/x-dosexec application/x-msdos-program',
    'exe dll scr com',
  ],
  ['application/x-msi', 'msi'],
  ['application/wasm', 'wasm'],
  ['application/x-sh text/x-sh text/x-shellscript', 'sh'],
  ['application/x-bat application/bat text/x-bat', 'bat cmd'],
  ['text/html', 'html htm'],
  ['application/xhtml+xml', 'xhtml'],
  ['application/xml text/xml', 'xml'],
  ['text/javascript application/javascript application/x-javascript', 'js mjs'],
  ['text/css', 'css'],
  ['application/json text/json application/ld+json application/manifest+json', 'json'],
  // Windows says that Excel opens it.
  ['text/csv application/csv application/vnd.ms-excel', 'csv'],
  ['text/plain', 'txt log'],
  ['text/markdown text/x-markdown', 'md'],
];

const TYPES = new Map(
  EXTENSIONS.flatMap(([types, extensions]) =>
    extensions.split(' ').map((extension) => [extension, types.split(' ')] as const),
  ),
);

/**
 * Compares a file's name with what it is declared to be. Together with `sniff`, which compares the
 * bytes with the same declaration, all three agree. `application/octet-stream` claims nothing, and
 * what is text may always be called plain text.
 *
 * @throws `type_mismatch`.
 */
export function checkExtension({ name, type }: { name: string; type: string }): void {
  const extension = extname(name).slice(1).toLowerCase();
  const expected = TYPES.get(extension);
  if (expected === undefined || type === 'application/octet-stream') return;
  if (expected.some((known) => areAlike(known, type))) return;
  if (type === 'text/plain' && expected.some(isText)) return;
  throw slipwayError(
    'type_mismatch',
    `The name ends in .${extension}, which stands for ${expected[0]}; announced was ${type}. Name the file and its type alike.`,
    { details: { rule: 'extension', expected, received: type } },
  );
}
