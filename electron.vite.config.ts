/**
 * Owns how the three parts of the application are bundled into out/. Main, preload and the evidence process become
 * CommonJS with everything inside, so that the packaged application carries no node_modules; pages and workers become ES
 * modules for Chromium 114, the oldest that Joinder runs in. A room whose entry is not written yet is left out.
 */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pageTree } from './renderer/viewer/pageTree.plugin.ts';

const chromium = 'chrome114';
const node = 'node18';

/** Keeps the entries whose file exists; absolute, because Vite reads them from the root of a room. */
function present(entries: Record<string, string>): Record<string, string> {
  const absolute = Object.entries(entries).map(([name, file]) => [name, path.resolve(file)] as const);
  return Object.fromEntries(absolute.filter(([, file]) => existsSync(file)));
}

function bundle(entries: Record<string, string>, outDir: string) {
  return {
    target: node,
    outDir,
    externalizeDeps: false,
    sourcemap: true,
    rolldownOptions: {
      input: present(entries),
      output: { format: 'cjs' as const, entryFileNames: '[name].cjs', chunkFileNames: 'chunks/[name]-[hash].cjs' },
    },
  };
}

export default defineConfig({
  main: { build: bundle({ main: 'electron/main.ts', evidence: 'electron/evidence/main.ts' }, 'out/main') },
  preload: { build: bundle({ preload: 'electron/preload.ts', sync: 'electron/preload/sync.ts' }, 'out/preload') },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    worker: { format: 'es', plugins: () => [pageTree] },
    build: {
      target: chromium,
      outDir: 'out/renderer',
      emptyOutDir: true,
      sourcemap: true,
      // The content security policy allows no data: scripts, so nothing is inlined.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: present({
          index: 'renderer/index.html',
          sync: 'renderer/sync/index.html',
          'service-worker': 'renderer/media/service.worker.ts',
        }),
        output: {
          // A service worker governs what lies beside and below it: this one must lie at the top, under a fixed name.
          entryFileNames: (chunk) =>
            chunk.name === 'service-worker' ? 'service-worker.js' : 'assets/[name]-[hash].js',
        },
      },
    },
  },
});
