/**
 * A file name that came with a file from elsewhere: what it may be called where a person writes it out, how it is shown, and
 * what is odd about it. The name itself is kept as it was: it is part of the evidence.
 */
import { utf8 } from './bytes.ts';

/**
 * Characters that make a name read other than it is: control characters, those that turn the direction of text, and those
 * that nobody sees. Joiners are kept: emoji and several scripts need them.
 */
const DECEIVING =
  // eslint-disable-next-line no-control-regex, no-misleading-character-class -- these are what is looked for, one by one
  /[\u0000-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFC\u{E0000}-\u{E0FFF}]|\p{Surrogate}/gu;
const FORBIDDEN = /[<>:"/\\|?*]/g;
/** Reserved by Windows, whatever their ending; also with the raised digits that it takes for plain ones. */
const DEVICES =
  /^(?:con|prn|aux|nul|conin\$|conout\$|com[\d\u00B9\u00B2\u00B3]|lpt[\d\u00B9\u00B2\u00B3])\s*(?:\.|$)/iu;
/** Bytes of UTF-8 that every usual file system takes of one name, with room for a temporary ending. */
const MOST_BYTES = 230;
const LONGEST_ENDING = 12;
/** A row of spaces hides what comes after it. */
const SPACES = /[\s\u3000]{3,}/gu;

/** A plain name on Windows and elsewhere: never a way to another folder, a device, too long, or other than it reads. */
export function safeName(name: string): string {
  const plain = trimmed(name.replaceAll(DECEIVING, '_').replaceAll(FORBIDDEN, '_'));
  return shortened(plain === '' || DEVICES.test(plain) ? `file ${plain}`.trim() : plain);
}

const trimmed = (name: string): string => name.replaceAll(/^[\s.]+|[\s.]+$/g, '');

/** Cut in the middle, so that its ending stays. */
function shortened(name: string): string {
  if (utf8(name).length <= MOST_BYTES) return name;
  const ending = endingOf(name);
  const characters = Array.from(name.slice(0, name.length - ending.length));
  while (utf8(characters.join('') + ending).length > MOST_BYTES) characters.pop();
  return trimmed(characters.join('')) + ending;
}

function endingOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 && name.length - dot <= LONGEST_ENDING ? name.slice(dot) : '';
}

/** As it is shown: each deceiving character as its number, a row of spaces as how many there are. */
export const shownName = (name: string): string =>
  name.replaceAll(SPACES, (spaces) => ` [${spaces.length} spaces] `).replaceAll(DECEIVING, numberOf);

const numberOf = (character: string): string =>
  `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;

export const NAME_ODDITIES = ['hidden characters', 'disguised program', 'program'] as const;
export type NameOddity = (typeof NAME_ODDITIES)[number];

/** Endings with which Windows or macOS run a file when it is opened. */
const PROGRAMS = new Set(
  'app apk bat chm cmd com command cpl desktop dll dmg exe gadget hta inf iso jar js jse lnk mjs msc msi msp mst pif pkg ps1 psm1 py reg scf scr sct sh sys url vb vbe vbs wsf wsh'.split(
    ' ',
  ),
);
const HARMLESS =
  /\.(?:pdf|docx?|xlsx?|pptx?|rtf|txt|csv|odt|ods|jpe?g|png|gif|tiff?|bmp|heic|mp[34]|mov|avi|wav|m4a|mkv|eml|msg|zip)$/iu;

/** What a reader should know of a name before anything is done with the file; null: nothing. */
export function oddityOf(name: string): NameOddity | null {
  // Windows leaves out dots and spaces at the end, and so do we where we look for the ending.
  const read = name.replaceAll(DECEIVING, '').replaceAll(/[\s.]+$/g, '');
  const ending = endingOf(read);
  const deceives = shownName(name) !== name;
  if (!PROGRAMS.has(ending.slice(1).trim().toLowerCase())) return deceives ? 'hidden characters' : null;
  return deceives || HARMLESS.test(read.slice(0, read.length - ending.length).trimEnd())
    ? 'disguised program'
    : 'program';
}
