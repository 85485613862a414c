import {
  DELIVERIES,
  DELIVERY_NAMES,
  PRESET_NAMES,
  presetSettings,
  resolveOptions,
  SETTING_RANGES,
  type TunableStep,
} from '../../packages/engine/src/index.ts';
import { QUALITY_RULES } from '../../packages/engine/src/inspect/rules.ts';
import { EXAMPLE_OPTIONS } from './example.ts';
import { OUTPUT_WORDS, PREVIEW_WORDS } from './file-words.ts';
import { OPTION_WORDS } from './words.ts';

/** Tables between `<!-- table: name -->` and `<!-- end -->`; the rest of a page is kept. */
const TABLE = /<!-- table: (\w+) -->\n[\s\S]*?<!-- end -->/g;

/** The page with every table as the engine's own data has it. */
export function renderTables(page: string): string {
  return page.replace(
    TABLE,
    (_, name: string) => `<!-- table: ${name} -->\n\n${tableOf(name)}\n\n<!-- end -->`,
  );
}

function tableOf(name: string): string {
  if (name === 'deliveries') return deliveries();
  if (name === 'rules') return rules();
  if (name === 'limits') return limits();
  if (name === 'output') return outputFields();
  if (name === 'previews') return previewFields();
  if (name === 'example') return `\`\`\`json\n${JSON.stringify(EXAMPLE_OPTIONS, null, 2)}\n\`\`\``;
  if (name in OPTION_WORDS) return optionsOf(name as TunableStep);
  throw new RangeError(`there is no table "${name}"`);
}

function optionsOf(step: TunableStep): string {
  const looks = PRESET_NAMES.map((preset) => presetSettings(preset)[step]);
  const ranges: Record<string, readonly [number, number]> = SETTING_RANGES[step];
  const rows = Object.entries<string>(OPTION_WORDS[step]).map(([key, words]) => {
    const range = ranges[key];
    const values = looks.map((look) => shown(look[key as keyof typeof look]));
    return [`\`${key}\``, range === undefined ? 'list' : range.join(' to '), ...values, words];
  });
  const on = looks.map(({ enabled }) => (enabled ? 'on' : 'off'));
  return table(
    ['option', 'range', ...PRESET_NAMES.map((preset) => `\`${preset}\``), 'what it does'],
    [['`enabled`', 'true, false', ...on, 'the step as a whole'], ...rows],
  );
}

function shown(value: unknown): string {
  return Array.isArray(value)
    ? value.length === 0
      ? 'none'
      : String(value.length)
    : String(value);
}

const BASIS = { published: 'the service', reported: 'other people', ours: 'ours' } as const;

function deliveries(): string {
  return table(
    ['`delivery`', 'at most, px', 'fit', 'bytes', 'quality', 'says'],
    DELIVERY_NAMES.map((name) => {
      const { maxWidth, maxHeight, fit, maxBytes, quality, basis, turns } = DELIVERIES[name];
      const size = `${maxWidth} x ${maxHeight}${turns === true ? ', either way' : ''}`;
      const bytes = maxBytes === null ? '–' : `${maxBytes / 1000} kB`;
      return [
        `\`${name}\``,
        size,
        fit === 'cover' ? 'cut to it' : 'inside',
        bytes,
        quality,
        BASIS[basis],
      ];
    }),
  );
}

function rules(): string {
  return table(
    ['code', 'a fault when', 'what it says', 'tried instead'],
    QUALITY_RULES.map(({ code, measure, fault, limit, message, safer }) => [
      `\`${code}\``,
      `\`${measure}\` ${fault} ${limit}`,
      message,
      safer === null ? 'nothing: it came with the exposures' : `\`${json(safer)}\``,
    ]),
  );
}

function json(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('"', '')
    .replaceAll(/([,:])/g, '$1 ');
}

function outputFields(): string {
  return fieldsOf(OUTPUT_WORDS, resolveOptions().output);
}

function previewFields(): string {
  const [preview] = resolveOptions({ previews: [{ name: 'any', maxWidth: 480 }] }).previews;
  return fieldsOf(PREVIEW_WORDS, { ...preview, name: null, maxWidth: null });
}

/** @param defaults what a field is when it is left out; `null`: nothing */
function fieldsOf(
  words: Readonly<Record<string, readonly [values: string, words: string]>>,
  defaults: Readonly<Record<string, unknown>>,
): string {
  const rows = Object.entries(words).map(([key, [values, text]]) => {
    const usual = defaults[key];
    const none = usual === null || typeof usual === 'object';
    return [`\`${key}\``, values, none ? '–' : `\`${String(usual)}\``, text];
  });
  return table(['field', 'may be', 'default', 'what it is'], rows);
}

function limits(): string {
  return table(
    ['`limits`', 'default'],
    Object.entries(resolveOptions().limits).map(([name, value]) => [
      `\`${name}\``,
      value.toLocaleString('en'),
    ]),
  );
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
