/** What red, green and blue have beyond luma, from Cb and Cr of Rec. 709. */

/** Parts of Cr and Cb in red, green and blue; red and blue take the whole of it besides. */
const RED_CR: i16 = 18835;
const BLUE_CB: i16 = 28034;
const GREEN_CB: i16 = -6138;
const GREEN_CR: i16 = -15339;

export function redOver(cr: v128): v128 {
  return i16x8.add(cr, i16x8.q15mulr_sat_s(cr, i16x8.splat(RED_CR)));
}

export function greenOver(cb: v128, cr: v128): v128 {
  return i16x8.add(
    i16x8.q15mulr_sat_s(cb, i16x8.splat(GREEN_CB)),
    i16x8.q15mulr_sat_s(cr, i16x8.splat(GREEN_CR)),
  );
}

export function blueOver(cb: v128): v128 {
  return i16x8.add(cb, i16x8.q15mulr_sat_s(cb, i16x8.splat(BLUE_CB)));
}
