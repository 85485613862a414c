import sharp from 'sharp';

const ascii = (text: string) => Buffer.from(text, 'latin1');
const plain = () => sharp({ create: { width: 8, height: 8, channels: 3, background: '#c63' } });

/** A GIF whose header is the beginning of a comment, and what follows a program. */
export function gifAndScript(call: string): Buffer {
  // 0x2f2a pixels wide: those two bytes read `/*`.
  const header = Buffer.concat([ascii('GIF89a'), ascii('/*'), Buffer.from([8, 0, 0x80, 0, 0])]);
  const colours = Buffer.from([0, 0, 0, 255, 255, 255]);
  const frame = Buffer.from('2c0000000001000100000202440100', 'hex');
  return Buffer.concat([header, colours, frame, ascii(`;*/=1;${call}//`)]);
}

/** A JPEG with a page as its comment, right behind the first two bytes. */
export async function jpegAndPage(page: string): Promise<Buffer> {
  const jpeg = await plain().jpeg().toBuffer();
  const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0]), ascii(page)]);
  comment.writeUInt16BE(comment.length - 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2), ascii(page)]);
}

export async function pngAndPage(page: string): Promise<Buffer> {
  return Buffer.concat([await plain().png().toBuffer(), ascii(page)]);
}

/** A PDF that is an archive from its end, with a script for those who open it as what it says it is. */
export function pdfAndZip(zip: Buffer): Buffer {
  const pdf = ascii(
    '%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
  );
  return Buffer.concat([pdf, zip]);
}

/** Forty-four bytes of a WAVE, then a page. */
export function waveAndPage(page: string): Buffer {
  const data = ascii(page);
  const wave = Buffer.alloc(44);
  wave.write('RIFF\0\0\0\0WAVEfmt ', 'latin1');
  wave.writeUInt32LE(36 + data.length, 4);
  wave.writeUInt32LE(16, 16);
  wave.writeUInt16LE(1, 20);
  wave.writeUInt16LE(1, 22);
  wave.writeUInt32LE(8000, 24);
  wave.writeUInt32LE(8000, 28);
  wave.writeUInt16LE(1, 32);
  wave.writeUInt16LE(8, 34);
  wave.write('data', 36);
  wave.writeUInt32LE(data.length, 40);
  return Buffer.concat([wave, data]);
}
