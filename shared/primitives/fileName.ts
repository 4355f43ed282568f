/**
 * A file name that came with a file from elsewhere, as a proposal in a dialog: never a way to another folder, a device of
 * Windows, or a name that reads other than it is.
 */
// eslint-disable-next-line no-control-regex -- control characters are what must go
const FORBIDDEN = /[\u0000-\u001F\u007F<>:"/\\|?*\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

export function safeName(name: string): string {
  const plain = name.replaceAll(FORBIDDEN, '_').replaceAll(/^[\s.]+|[\s.]+$/g, '');
  return plain === '' || DEVICES.test(plain) ? `file ${plain}`.trim() : plain;
}
