/** Makes one CommonJS file of a measured process, as the evidence process is shipped, for the Node inside Electron. */
import path from 'node:path';
import { build } from 'vite';

export async function bundleFor(script: string, outDir: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: script,
      outDir,
      target: 'node18',
      minify: false,
      rolldownOptions: { output: { format: 'cjs', entryFileNames: 'part.cjs' } },
    },
  });
  return path.join(outDir, 'part.cjs');
}
