/**
 * Brackets that show no window of a room with a view: outdoors by day and by night, a cave, lamps, a chart.
 * Nothing in them may be pulled. Decided by looking at every bracket of the sets, before and after the pull.
 */
export const NO_WINDOWS: readonly string[] = [
  'brackets_interior/Chair',
  'brackets_interior/Garage',
  'brackets_interior/StLouisArch',
  'brackets_interior/Villa',
  'brackets_mef17/Balloons',
  'brackets_mef17/Cave',
  'brackets_mef17/ChineseGarden',
  'brackets_mef17/Kluki',
  'brackets_mef17/Lamp',
  'brackets_mef17/Landscape',
  'brackets_mef17/Lighthouse',
  'brackets_mef17/TableLamp',
  'brackets_mef17/Tower',
  'brackets_mef17/Venice',
  'brackets_empa/TestChart1',
  'brackets_handheld/misalign_imac',
];

/** Photos taken from a car. */
export const STREETS = 'sky_camvid/img';
