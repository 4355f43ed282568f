/**
 * What pdfjs needs beside itself: decoders for the pictures of scanned documents, character maps, and the fonts that a
 * document may name without carrying them. All are files of this application; nothing comes from elsewhere.
 */
const FILES: Readonly<Record<string, string>> = import.meta.glob(
  [
    '../../node_modules/pdfjs-dist/wasm/{jbig2,openjpeg,qcms_bg}.wasm',
    '../../node_modules/pdfjs-dist/cmaps/*.bcmap',
    '../../node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}',
  ],
  { query: '?url', import: 'default', eager: true },
);

const BY_NAME = new Map(Object.entries(FILES).map(([path, url]) => [path.slice(path.lastIndexOf('/') + 1), url]));

/** Made and asked by pdfjs, by these names. */
export class PdfData {
  async fetch({ filename }: { readonly filename: string }): Promise<Uint8Array> {
    const url = BY_NAME.get(filename);
    if (url === undefined) throw new Error(`no such data of pdfjs: ${filename}`);
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`data of pdfjs could not be read: ${filename}`);
    return new Uint8Array(await answer.arrayBuffer());
  }
}
