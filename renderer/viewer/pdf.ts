/**
 * pdfjs, bound to the evidence port: the document is read by ranges as pages need them, its worker is a file of ours,
 * and nothing that it names is fetched.
 */
import './floor.ts';
import { PDFDataRangeTransport, PDFWorker, TextLayer, getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFDocumentLoadingTask, PDFPageProxy } from 'pdfjs-dist/types/src/display/api.js';
import type { OpenContent } from './content.ts';
import { readRange } from './content.ts';
import { PdfData } from './pdfData.ts';

export type { TextLayer };
export type { PDFDocumentProxy, RenderTask } from 'pdfjs-dist/types/src/display/api.js';

const RANGE = 256 * 1024;

class PortRanges extends PDFDataRangeTransport {
  readonly #content: OpenContent;
  readonly #wrong: (sentence: string) => void;

  constructor(content: OpenContent, wrong: (sentence: string) => void) {
    super(content.size, null);
    this.#content = content;
    this.#wrong = wrong;
  }

  override requestDataRange(begin: number, end: number): void {
    void readRange(this.#content, begin, end - begin).then((read) =>
      read.ok ? this.onDataRange(begin, read.value) : this.#wrong(read.cause),
    );
  }
}

let made: PDFWorker | null = null;

/** One parser for the window, started with the first document. */
function parser(): PDFWorker {
  made ??= PDFWorker.create({
    port: new Worker(new URL('./pdf.worker.ts', import.meta.url), { type: 'module', name: 'pdf' }),
  });
  return made;
}

export function openPdf(content: OpenContent, wrong: (sentence: string) => void): PDFDocumentLoadingTask {
  return getDocument({
    worker: parser(),
    range: new PortRanges(content, wrong),
    rangeChunkSize: RANGE,
    disableAutoFetch: true,
    disableStream: true,
    enableXfa: false,
    // Nothing is evaluated: this version of pdfjs has no eval left to turn off.
    BinaryDataFactory: PdfData,
    useWorkerFetch: false,
    stopAtErrors: false,
  });
}

/** Lays a page's text over its picture, unseen: it can be read aloud, searched and copied. */
export async function layText(page: PDFPageProxy, container: HTMLElement, scale: number): Promise<TextLayer> {
  container.replaceChildren();
  const layer = new TextLayer({
    textContentSource: page.streamTextContent(),
    container,
    viewport: page.getViewport({ scale }),
  });
  await layer.render();
  return layer;
}
