/** Why a personnel file was not taken, or would not be: what is wrong, where, and what to do next. */
import type { Imported, ImportCause } from './hrImport.ts';

export const doubtSentence = ({ leavers, employed, emptied }: NonNullable<Imported['doubt']>): string =>
  emptied.length > 0
    ? `Everyone in ${emptied.join(' and ')} would leave. Is the file whole? If it is right, say --force.`
    : `${leavers} of ${employed} people would leave. Is the file whole? If it is right, say --force.`;

/** Why a file was not taken, line by line. */
export function importSentence(cause: ImportCause): string {
  if ('leavers' in cause) return `Nothing was changed. ${doubtSentence(cause)}`;
  const shown = cause.file.slice(0, 50).map(({ line, says }) => `Line ${line}: ${says}.`);
  const more = cause.file.length > shown.length ? [`And ${cause.file.length - shown.length} more.`] : [];
  return ['Nothing was changed. Mend the file and import it again.', ...shown, ...more].join('\n');
}
