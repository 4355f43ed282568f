/** Draws one report beside the sync worker, which goes on meanwhile; ended when it has answered. Has no keys and no network. */
import bold from 'pdfjs-dist/standard_fonts/LiberationSans-Bold.ttf?url';
import regular from 'pdfjs-dist/standard_fonts/LiberationSans-Regular.ttf?url';
import type { Report } from '../../../../../shared/model/report/report.ts';
import { drawReport } from './draw.ts';

async function fontAt(url: string): Promise<Uint8Array> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error('a font of the application could not be read');
  return new Uint8Array(await answer.arrayBuffer());
}

self.addEventListener('message', (event: MessageEvent<Report>) => {
  const draw = async (): Promise<void> => {
    const bytes = await drawReport(event.data, { regular: await fontAt(regular), bold: await fontAt(bold) });
    self.postMessage(bytes, { transfer: [bytes.buffer] });
  };
  draw().catch(() => self.postMessage(null));
});
