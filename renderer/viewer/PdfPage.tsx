/**
 * One page: drawn when it comes near the window and wiped when it has left, so that a long document needs no more memory
 * than a short one; its size is kept, so that nothing jumps.
 */
import { useEffect, useRef, useState } from 'react';
import type { PDFDocumentProxy, RenderTask, TextLayer } from './pdf.ts';
import { layText } from './pdf.ts';

interface PdfPageProps {
  readonly pdf: PDFDocumentProxy;
  readonly number: number;
  readonly scale: number;
  /** Parts of the document have still to come. */ readonly arriving: boolean;
  /** Each time that it has been drawn. */ readonly onPainted: () => void;
  readonly onWrong: (sentence: string) => void;
}

/** A4, until the page has said its own size. */
const A4 = { width: 595, height: 842 };
const PIXELS_PER_POINT = 96 / 72;

export function PdfPage({ pdf, number, scale, arriving, onPainted, onWrong }: PdfPageProps) {
  const place = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const words = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(number === 1);
  const [size, setSize] = useState(A4);
  const [drawn, setDrawn] = useState(false);

  useEffect(() => {
    if (place.current === null) return undefined;
    const watch = new IntersectionObserver((seen) => setNear(seen.at(-1)?.isIntersecting ?? false), {
      rootMargin: '800px',
    });
    watch.observe(place.current);
    return () => watch.disconnect();
  }, []);

  useEffect(() => {
    if (!near) return undefined;
    let gone = false;
    let task: RenderTask | null = null;
    let text: TextLayer | null = null;
    const [picture, wording] = [canvas.current, words.current];
    const draw = async (): Promise<void> => {
      const page = await pdf.getPage(number);
      const own = page.getViewport({ scale: 1 });
      if (gone || picture === null) return;
      setSize({ width: own.width, height: own.height });
      const viewport = page.getViewport({ scale: scale * PIXELS_PER_POINT * window.devicePixelRatio });
      picture.width = Math.floor(viewport.width);
      picture.height = Math.floor(viewport.height);
      task = page.render({ canvas: picture, viewport });
      await task.promise;
      if (gone) return;
      setDrawn(true);
      onPainted();
      // The page can be seen without its text: a failure here takes nothing away.
      if (wording !== null) text = await layText(page, wording, scale * PIXELS_PER_POINT).catch(() => null);
    };
    draw().catch((error: unknown) => {
      if (!gone && !(error instanceof Error && error.name === 'RenderingCancelledException'))
        onWrong(`Page ${number} cannot be drawn. Export the file to look at it elsewhere.`);
    });
    return () => {
      gone = true;
      task?.cancel();
      text?.cancel();
      wording?.replaceChildren();
      setDrawn(false);
      if (picture !== null) [picture.width, picture.height] = [0, 0];
    };
  }, [near, pdf, number, scale, onPainted, onWrong]);

  const css = scale * PIXELS_PER_POINT;
  return (
    <div ref={place} className="pdf-page" style={{ width: size.width * css, height: size.height * css }}>
      <canvas ref={canvas} role="img" aria-label={`Page ${number}`} />
      {arriving && near && !drawn && <p className="pdf-waits">Page {number} is being fetched…</p>}
      <div ref={words} className="pdf-words" style={{ '--total-scale-factor': css }} />
    </div>
  );
}
