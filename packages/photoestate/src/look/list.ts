import { requireOrganization } from '@repo/foundation/organization';
import { asc, eq, sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { PRESETS } from '../enhancement/presets.ts';
import { Preset } from '../enhancement/schema.ts';
import { type LookInfo, LooksOf } from './schema.ts';
import { lookDefault, lookPreset } from './table.ts';

/** The looks that a studio can choose from: ours first, then its own by name. */
export async function listLooks(ctx: Context, input: LooksOf): Promise<LookInfo[]> {
  const { organizationId } = LooksOf.parse(input);
  await requireOrganization(ctx, organizationId, 'listing.read');
  const [own, [chosen]] = await Promise.all([
    ctx.db
      .select()
      .from(lookPreset)
      .where(eq(lookPreset.organizationId, organizationId))
      .orderBy(sql`lower(${lookPreset.name})`, asc(lookPreset.id)),
    ctx.db.select().from(lookDefault).where(eq(lookDefault.organizationId, organizationId)),
  ]);
  const looks = [
    ...PRESETS.map(({ name, label, description }) => ({
      ...{ key: name, id: null, label, description, preset: name, adjustments: {}, lookName: null },
    })),
    ...own.flatMap(({ id, name, preset, adjustments }) => {
      const known = Preset.safeParse(preset).data;
      if (known === undefined) return [];
      const base = PRESETS.find((each) => each.name === known)?.label ?? known;
      const description = `From ${base}.`;
      return { key: id, id, label: name, description, preset: known, adjustments, lookName: name };
    }),
  ];
  const first = looks.some(({ key }) => key === chosen?.look) ? chosen?.look : looks[0]?.key;
  return looks.map((look) => ({ ...look, isDefault: look.key === first }));
}
