import { expect, it } from 'vitest';
import { enhance } from '../enhance.ts';
import { makeBracket } from '../testing/pictures.ts';

it('cuts a box off at the edge of the photo, and says which one and by how much', async () => {
  const [frame] = await makeBracket({ width: 96, height: 64, evs: [0] });
  if (frame === undefined) throw new Error('brackets have frames');
  const boxes = [
    { left: 0.1, top: 0.1, width: 0.9, height: 0.2 },
    { left: 0.75, top: 0.5, width: 0.5, height: 0.25 },
  ];
  const { report, recipe } = await enhance([frame], { steps: { privacy: { boxes } } });
  const step = report.steps.find(({ name }) => name === 'privacy');
  expect(step).toMatchObject({
    facts: { byHand: 2, boxes: expect.stringContaining('hand 10,6 86x13; hand 72,32 24x16') },
  });
  expect(report.warnings.filter(({ code }) => code === 'box_cut_off')).toEqual([
    {
      code: 'box_cut_off',
      message:
        'Box 2 of what is to be hidden reaches over the edge of the photo, which is at 1: left 0.75 and width 0.5 are 1.25. The part within was blurred. Look whether it is the right one.',
    },
  ]);
  // As it was drawn: made again, it is told again.
  expect(recipe.options.steps.privacy.boxes).toEqual(boxes);
}, 30_000);
