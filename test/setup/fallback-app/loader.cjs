/**
 * Stands in for Electron's own default app in the fallback Electron: loads the application whose folder or script is the
 * first argument without a dash. Copied into the fallback by test/setup/electron.mjs; never part of Joinder itself.
 */
const { app } = require('electron');
const { existsSync, readFileSync } = require('node:fs');
const path = require('node:path');

const named = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (named === undefined) {
  process.stderr.write('Name the application to run: electron <folder>\n');
  process.exit(2);
}
const target = path.resolve(named);
const manifest = path.join(target, 'package.json');
if (existsSync(manifest)) {
  const { name, version, productName, main = 'index.js' } = JSON.parse(readFileSync(manifest, 'utf8'));
  app.setAppPath(target);
  app.setName(productName ?? name);
  app.setVersion(version);
  require(path.join(target, main));
} else {
  app.setAppPath(path.dirname(target));
  require(target);
}
