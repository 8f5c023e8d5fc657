export type { FileCapture, FileCaptureOptions, FileRequest } from './file-capture.ts';
export { createFileCapture } from './file-capture.ts';
export { hasFileEnding } from './file-endings.ts';
export type { PdfDescriber } from './pdf/describe-pdf.ts';
export type { KeptFile } from './save-file.ts';
export { saveFile } from './save-file.ts';
