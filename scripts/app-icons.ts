import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

/** Draws the icons of PhotoEstate Pro as an installed app from its one drawing: `node scripts/app-icons.ts`. */

const app = join(import.meta.dirname, '../apps/photoestate');
const drawing = readFileSync(join(app, 'app/icon.svg'), 'utf8');
/** Systems cut icons into shapes of their own: the corners are theirs, and the middle is what stays. */
const square = drawing.replace(' rx="6"', '');
const whole = { gold: '#f0b03a', keep: 0.72 };

async function draw(svg: string, size: number, file: string): Promise<void> {
  const density = (72 * size) / 24;
  const png = await sharp(Buffer.from(svg), { density })
    .resize(size, size)
    .png({ palette: true })
    .toBuffer();
  writeFileSync(join(app, file), png);
}

function padded(svg: string): string {
  const inner = svg.slice(svg.indexOf('>') + 1, svg.lastIndexOf('</svg>'));
  const shift = (24 * (1 - whole.keep)) / 2;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" fill="${whole.gold}"/><g transform="translate(${shift} ${shift}) scale(${whole.keep})">${inner}</g></svg>`;
}

await draw(drawing, 192, 'public/icons/icon-192.png');
await draw(drawing, 512, 'public/icons/icon-512.png');
await draw(padded(square), 512, 'public/icons/maskable-512.png');
await draw(square, 180, 'app/apple-icon.png');
