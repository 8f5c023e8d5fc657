import {
  Boxes,
  Container,
  Disc3,
  FileArchive,
  FileText,
  FileType2,
  Globe,
  type LucideIcon,
} from 'lucide-react';
import type { SnapshotKind } from '../api/types.ts';

/** The sign of what a snapshot is, for a file by its media type. */
export function kindIcon(kind: SnapshotKind, mediaType = ''): LucideIcon {
  if (kind === 'image') return Container;
  if (kind === 'release') return Boxes;
  if (kind === 'page') return Globe;
  if (mediaType === 'application/pdf') return FileType2;
  if (/iso9660|disk|raw/.test(mediaType)) return Disc3;
  return /zip|tar|compress|zstd|x-xz|rpm/.test(mediaType) ? FileArchive : FileText;
}

/** What a link will most likely be, before anything was kept. */
export const kindOfUrl = (url: string): SnapshotKind => (url.startsWith('docker://') ? 'image' : 'page');
