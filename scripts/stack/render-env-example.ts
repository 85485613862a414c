import { PhotoestateEnv } from '@repo/photoestate/env';
import { SlipwayEnv } from '@repo/slipway/env';
import { STACK_VARIABLES } from './settings.ts';

/** The little of a zod schema that is read here. */
interface Schema {
  readonly description?: string | undefined;
  readonly def: {
    readonly type: string;
    readonly defaultValue?: unknown;
    readonly innerType?: unknown;
    readonly in?: unknown;
  };
}

const HEAD = `# Made from the configuration schemas by: node scripts/env-example.ts --write
# Copy it to .env and take the # away in front of what you want to change.
# \`npm start\` needs none of it: it makes the secrets and keeps them in DATA_DIR.`;

/** The text of .env.example. */
export function renderEnvExample(): string {
  const stack = STACK_VARIABLES.map(({ name, fallback, description }) => ({
    name,
    value: fallback,
    description,
  }));
  const known = new Set(stack.map(({ name }) => name));
  const slipway = variablesOf(SlipwayEnv.shape).filter(({ name }) => !known.has(name));
  for (const { name } of slipway) known.add(name);
  const photoestate = variablesOf(PhotoestateEnv.shape).filter(({ name }) => !known.has(name));
  return `${[
    HEAD,
    section('Both products', stack),
    section('Slipway (those that PhotoEstate Pro reads, too, mean the same there)', slipway),
    section('PhotoEstate Pro', photoestate),
  ].join('\n\n')}\n`;
}

interface Variable {
  readonly name: string;
  readonly value: string;
  readonly description: string;
}

function section(title: string, variables: readonly Variable[]): string {
  const lines = variables.map(({ name, value, description }) => {
    const told = description === '' ? '' : `# ${description}\n`;
    return `${told}#${name}=${value}`;
  });
  return [`# --- ${title} ---`, ...lines].join('\n');
}

function variablesOf(shape: Readonly<Record<string, unknown>>): Variable[] {
  return Object.entries(shape).map(([name, schema]) => ({
    name,
    value: defaultOf(schema),
    description: isSchema(schema) ? (schema.description ?? '') : '',
  }));
}

/** As it would be written in the file: before any transformation. */
function defaultOf(schema: unknown): string {
  if (!isSchema(schema)) return '';
  const { type, defaultValue, innerType, in: input } = schema.def;
  if (type === 'default') return String(defaultValue);
  return defaultOf(innerType ?? input);
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && 'def' in value;
}
