/**
 * Everything that is known of where a file is: what has happened, what is here now, its condition, and how far it moved.
 */
import type { FileRow } from '../../../shared/ipc/worker.ts';
import { Progress } from '../../ui/Progress.tsx';
import { Status } from '../../ui/Word.tsx';

export function FileWords({ file }: { readonly file: FileRow }) {
  return (
    <div className="words">
      <Status word={file.happened} />
      {file.here !== null && <Status word={file.here} />}
      {file.condition !== null && <Status word={file.condition} />}
      {file.progress !== null && <Progress of={file.name} {...file.progress} />}
    </div>
  );
}

const TYPES: Record<string, string> = {
  'application/pdf': 'PDF',
  'text/plain': 'Text',
  'image/jpeg': 'JPEG image',
  'image/png': 'PNG image',
  'video/mp4': 'MP4 video',
  'audio/mpeg': 'MP3 audio',
  'application/octet-stream': 'File',
  'application/zip': 'ZIP archive',
};

const FAMILIES: Record<string, string> = { video: 'Video', audio: 'Audio', image: 'Image', text: 'Text', font: 'Font' };

/** The kind of a file in a word or two; its media type as it is stands in the file's details. */
export const typeText = (type: string): string => TYPES[type] ?? FAMILIES[type.split('/')[0] ?? ''] ?? 'File';
