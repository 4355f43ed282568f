/**
 * Owns looking at the screens without Electron: `npx vite --config renderer/dev/vite.config.ts`, then /dev/?as=officer.
 * Never part of the application's build.
 */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'renderer',
  cacheDir: '../.cache/vite-dev',
  plugins: [react()],
  worker: { format: 'es' },
  server: { port: 5199, strictPort: true },
});
