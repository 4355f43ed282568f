import { execFileSync } from 'node:child_process';
import { getPriority } from 'node:os';
import { pathToFileURL } from 'node:url';
import path from 'node:path';
import { expect, test } from 'vitest';

const file = pathToFileURL(path.join(import.meta.dirname, 'priority.ts')).href;
const script = `import { getPriority } from 'node:os'; import { goBehindWindows } from ${JSON.stringify(file)};
  goBehindWindows(); console.log(getPriority()); goBehindWindows(); console.log(getPriority());`;

// In a process of its own: it cannot be taken back.
test('what has gone behind the windows stays there, and goes no further', () => {
  const said = execFileSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  const [first, second] = said.trim().split('\n').map(Number);
  expect(first).toBe(Math.max(process.platform === 'win32' ? 10 : 5, getPriority()));
  expect(second).toBe(first);
});
