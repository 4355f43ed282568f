/**
 * The worker of pdfjs, a file of ours: parses documents apart from the page. Holds no key and has no line to anything.
 */
import './floor.ts';
import 'pdfjs-dist/legacy/build/pdf.worker.min.mjs';
