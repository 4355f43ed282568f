/**
 * A PDF, drawn page by page on canvases as they come into sight. Scripts and forms of the document are not run.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import { Button } from '../ui/Button.tsx';
import type { OpenContent } from './content.ts';
import type { PDFDocumentProxy } from './pdf.ts';
import { openPdf } from './pdf.ts';
import { PdfPage } from './PdfPage.tsx';
import { PdfPlace } from './PdfPlace.tsx';
import { pageInSight } from './pdfPlaces.ts';
import type { ViewProps } from './viewProps.ts';

const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3] as const;

export function PdfView({ content, arriving, onPainted, onWrong }: ViewProps) {
  const pdf = usePdf(content, onWrong);
  const pages = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState(2);
  const [page, setPage] = useState(1);
  const told = useRef(false);
  // The same one for good: a page is drawn anew when it is given another.
  const onDrawn = useCallback((): void => {
    if (!told.current) onPainted();
    told.current = true;
  }, [onPainted]);
  if (pdf === null) return <p role="status">Opening the document…</p>;
  const scale = ZOOMS[zoom] ?? 1;
  const goTo = (number: number): void => pages.current?.children[number - 1]?.scrollIntoView({ block: 'start' });
  return (
    <div className="pdf">
      <div className="pdf-tools" role="group" aria-label="Page and size">
        <PdfPlace page={page} of={pdf.numPages} onGo={goTo} />
        <Button small name="Smaller" disabled={zoom === 0} onPress={() => setZoom(zoom - 1)}>
          −
        </Button>
        <span>{Math.round(scale * 100)} %</span>
        <Button small name="Larger" disabled={zoom === ZOOMS.length - 1} onPress={() => setZoom(zoom + 1)}>
          +
        </Button>
      </div>
      {/* The pages are scrolled by keyboard: they take the focus. */}
      <div
        ref={pages}
        className="pdf-pages"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above
        tabIndex={0}
        role="document"
        aria-label={content.name}
        onScroll={({ currentTarget }) => setPage(pageSeen(currentTarget))}
      >
        {Array.from({ length: pdf.numPages }, (_, index) => (
          <PdfPage
            key={index}
            pdf={pdf}
            number={index + 1}
            scale={scale}
            arriving={arriving}
            onPainted={onDrawn}
            onWrong={onWrong}
          />
        ))}
      </div>
    </div>
  );
}

function pageSeen(column: HTMLElement): number {
  const topOf = (index: number): number => (column.children[index] as HTMLElement | undefined)?.offsetTop ?? 0;
  return pageInSight({
    top: column.scrollTop,
    height: column.clientHeight,
    pages: column.children.length,
    topOf,
  });
}

function usePdf(content: OpenContent, onWrong: (sentence: string) => void): PDFDocumentProxy | null {
  const [pdf, setPdf] = useState<PDFDocumentProxy | null>(null);
  useEffect(() => {
    let gone = false;
    const opening = openPdf(content, onWrong);
    opening.promise.then(
      (opened) => (gone ? undefined : setPdf(opened)),
      (error: unknown) => (gone ? undefined : onWrong(sentenceOf(error))),
    );
    return () => {
      gone = true;
      void opening.destroy();
    };
  }, [content, onWrong]);
  return pdf;
}

function sentenceOf(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  if (name === 'PasswordException')
    return 'This PDF is protected by a password. Export it and open it with the password, and ask for an open copy.';
  return 'This is not a PDF that can be read: it may be damaged. Export it to try another program, and tell its sender.';
}
