export type {
  CopiedOut,
  CopiedRelease,
  CopyFrom,
  CopyOut,
  TakeInOptions,
  TakenIn,
  TakenInAll,
} from './copy/index.ts';
export { copyFolder, copyReference, copySnapshot, takeInImages } from './copy/index.ts';
export type { CaptureOptions } from './create-capture.ts';
export { createCapture } from './create-capture.ts';
export type { EgressGuard, EgressGuardOptions } from './egress/index.ts';
export { createEgressGuard } from './egress/index.ts';
export { captureErrors } from './errors.ts';
export type { ConnectOptions } from './image/connect.ts';
export { connectTo } from './image/connect.ts';
export { createImageCapture } from './image/create-image-capture.ts';
export type { Connection, ImageCapture, ImageCaptureOptions } from './image/types.ts';
export { createCaptureHandler, createPdfHandler, pdfJobKind, requestPdf } from './job.ts';
export type { ExtractedProgram, ExtractOptions } from './release/extract/extract-program.ts';
export { extractProgram } from './release/extract/extract-program.ts';
export type { ProgramName, ProgramSystem } from './release/extract/programs.ts';
export { programNames } from './release/extract/programs.ts';
export type { InstallerConfig, MirrorPlace } from './release/installer-config.ts';
export { installerConfig } from './release/installer-config.ts';
export type { Release } from './release/release.ts';
export { openRelease } from './release/release.ts';
export type * from './snapshot/format.ts';
export type {
  ContentsImage,
  ContentsRole,
  ContentsRoot,
  ImageContents,
} from './snapshot/image-contents.ts';
export type { ImageSnapshot } from './snapshot/image-index.ts';
export { openImageSnapshot } from './snapshot/image-index.ts';
export type { ImageRoot, RootRole } from './snapshot/image-root.ts';
export type { Unfit } from './snapshot/inert-html.ts';
export { withoutHints } from './snapshot/inert-html.ts';
export type { FindReferrer, RecordReferrer } from './snapshot/pdf.ts';
export { attachPdf } from './snapshot/pdf.ts';
export { createSnapshotReaders } from './snapshot/readers.ts';
export type * from './types.ts';
