import { parentPort, workerData } from 'node:worker_threads';
import jpeg from 'jpeg-js';
import { encodePng } from './encode-png.ts';

const { width, height, data } = jpeg.decode(workerData as Uint8Array, {
  useTArray: true,
  formatAsRGBA: false,
  maxResolutionInMP: 40,
  maxMemoryUsageInMB: 600,
});
const png = encodePng(width, height, data);
parentPort!.postMessage(png, [png.buffer as ArrayBuffer]);
