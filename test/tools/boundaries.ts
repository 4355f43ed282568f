/**
 * Owns the rule of which room may use which: rooms use shared and never each other, shared uses a few pure packages and
 * is layered (primitives, then seal, then the rest), and no files import one another in a circle. Reads every import of
 * every source file, types included; promises one line for each import that breaks a rule.
 */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'oxc-parser';
import { root } from '../setup/exec.mjs';

/** Imports by file; both relative to the root, with forward slashes. */
export type Graph = ReadonlyMap<string, readonly string[]>;

const rooms = ['electron', 'renderer', 'shared', 'sync-server', 'test'];
const purePackages = ['zod', 'cborg', '@hpke/core', 'yjs', 'lib0'];
const layers: Record<string, number> = { primitives: 0, seal: 1 };
const topLayer = 2;

const isTest = (file: string) => file.startsWith('test/') || /(\.test|\bfixtures?)\.tsx?$/.test(file);
const roomOf = (file: string) => file.split('/')[0] ?? '';
const layerOf = (file: string) => layers[file.split('/')[1] ?? ''] ?? topLayer;
const packageOf = (name: string) => name.split('/', name.startsWith('@') ? 2 : 1).join('/');

/** What is wrong with `file` importing `specifier`; nothing for most. */
export function judgeImport(file: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return isTest(file) ? undefined : judgePackage(roomOf(file), specifier);
  if (!/\.(tsx?|[cm]js|css|json|html)(\?.*)?$/.test(specifier)) return 'write the extension, as in ./seal.ts';
  if (isTest(file)) return undefined;
  const target = resolve(file, specifier);
  if (isTest(target)) return 'only tests may import from tests';
  const [from, to] = [roomOf(file), roomOf(target)];
  if (from !== to && to !== 'shared') return `${from} may use shared, never ${to}`;
  if (from === 'shared' && layerOf(target) > layerOf(file))
    return 'primitives come before seal, and seal before the rest';
  return undefined;
}

function judgePackage(room: string, specifier: string): string | undefined {
  const name = packageOf(specifier);
  if (room === 'shared' && !purePackages.includes(name)) return `shared may use ${purePackages.join(', ')} only`;
  if (room === 'renderer' && specifier.startsWith('node:')) return 'a page has no Node';
  if (room !== 'electron' && name === 'electron') return 'only electron/ may use Electron';
  return undefined;
}

/** Every circle once, as the files it goes through. */
export function findCircles(graph: Graph): string[][] {
  const circles: string[][] = [];
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]) => {
    const at = trail.indexOf(file);
    if (at >= 0) circles.push([...trail.slice(at), file]);
    if (at >= 0 || done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...trail, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return circles;
}

/** The specifiers that a source file imports or exports from. */
export function readSpecifiers(file: string, source: string): string[] {
  const { module } = parseSync(file, source);
  const reexports = module.staticExports.flatMap(({ entries }) => entries.map((entry) => entry.moduleRequest?.value));
  const dynamic = module.dynamicImports.map(({ moduleRequest: { start, end } }) => literal(source.slice(start, end)));
  const found = [...module.staticImports.map((entry) => entry.moduleRequest.value), ...reexports, ...dynamic];
  return [...new Set(found)].filter((specifier) => specifier !== undefined);
}

function literal(text: string): string | undefined {
  return /^(['"`])([^$]*)\1$/.exec(text)?.[2];
}

function resolve(file: string, specifier: string): string {
  return path.posix.join(path.posix.dirname(file), specifier.replace(/\?.*$/, ''));
}

function main(): void {
  const files = globSync(`{${rooms.join(',')}}/**/*.{ts,tsx,mjs,cjs}`, { cwd: root }).map((file) =>
    file.replaceAll(path.sep, '/'),
  );
  const specifiers = new Map(
    files.map((file) => [file, readSpecifiers(file, readFileSync(path.join(root, file), 'utf8'))]),
  );
  const broken = [...specifiers].flatMap(([file, names]) =>
    names.map((name) => ({ file, name, why: judgeImport(file, name) })).filter(({ why }) => why !== undefined),
  );
  const graph = new Map(
    [...specifiers].map(([file, names]) => [
      file,
      names.filter((name) => name.startsWith('.')).map((name) => resolve(file, name)),
    ]),
  );
  const circles = findCircles(graph);
  for (const { file, name, why } of broken) console.error(`${file} imports ${name}: ${why}`);
  for (const circle of circles) console.error(`a circle: ${circle.join(' -> ')}`);
  if (broken.length + circles.length > 0) process.exitCode = 1;
  console.error(`${files.length} files: ${broken.length} forbidden imports, ${circles.length} circles`);
}

if (import.meta.main) main();
