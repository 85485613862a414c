import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: ['../foundation/src/*/table.ts', './src/*/table.ts'],
  out: './drizzle',
});
