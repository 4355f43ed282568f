/**
 * The worker of pdfjs, a file of ours: parses documents apart from the page. Holds no key and has no line to anything. Not the
 * file that is made small beforehand: the bundler does that, after pageTree.plugin.ts had its way.
 */
import './floor.ts';
import 'pdfjs-dist/legacy/build/pdf.worker.mjs';
