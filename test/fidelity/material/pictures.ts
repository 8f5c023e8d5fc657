import { encodePng } from '../harness/png.ts';

const colours = {
  green: [0, 160, 0],
  red: [192, 0, 0],
  blue: [0, 0, 192],
  yellow: [224, 192, 0],
} as const;

/** A PNG of one colour. */
export function solid(colour: keyof typeof colours, width = 24, height = 12): Buffer {
  return encodePng(width, height, () => colours[colour]);
}

export const greenPng = solid('green');
export const redPng = solid('red');

/** A green SVG picture. */
export const greenSvg =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 12" width="24" height="12"><rect width="24" height="12" fill="#00a000"/></svg>';

/** A green PNG of about ten million bytes: its pixels hold too much noise to be squeezed. */
export function hugePng(): Buffer {
  let state = 1;
  const noise = () => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return (state >> 16) & 7;
  };
  return encodePng(1900, 1760, () => [noise(), 156 + noise(), noise()], 0);
}

/** A tenth of a second of silence, as WAV. */
export function silence(): Buffer {
  const samples = 800;
  const wav = Buffer.alloc(44 + samples, 128);
  wav.write('RIFF', 0, 'latin1');
  wav.writeUInt32LE(36 + samples, 4);
  wav.write('WAVEfmt ', 8, 'latin1');
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(8000, 24);
  wav.writeUInt32LE(8000, 28);
  wav.writeUInt16LE(1, 32);
  wav.writeUInt16LE(8, 34);
  wav.write('data', 36, 'latin1');
  wav.writeUInt32LE(samples, 40);
  return wav;
}
