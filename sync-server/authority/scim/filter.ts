/**
 * SCIM's filters (RFC 7644, 3.4.2.2): read into a tree, and asked of a resource. Attribute names, operators and values that
 * are not case-exact are compared without case. What cannot be read is refused with `invalidFilter`, whatever its length.
 */
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { ScimFailure } from './errors.ts';
import { bad } from './errors.ts';
import type { Json, JsonObject } from './json.ts';
import { equal, getIn, isObject } from './json.ts';
import { SCHEMA_NAMES } from './names.ts';

const OPERATORS = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le', 'pr'] as const;
type Operator = (typeof OPERATORS)[number];

export type Filter =
  | { readonly is: 'and' | 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly is: 'not'; readonly of: Filter }
  | { readonly is: 'some'; readonly path: readonly string[]; readonly of: Filter }
  | { readonly is: 'compare'; readonly path: readonly string[]; readonly operator: Operator; readonly value: Json };

/** Compared letter by letter (RFC 7643: `caseExact`). */
const EXACT = new Set(['id', 'externalid']);
const LONGEST = 4096;
const DEEPEST = 32;

const TOKEN = /\s*("(?:[^"\\]|\\.)*"|[()[\]]|[^\s()[\]"]+)/gy;

function tokens(text: string): string[] | null {
  const found: string[] = [];
  TOKEN.lastIndex = 0;
  let end = 0;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    found.push(match[1] ?? '');
    end = TOKEN.lastIndex;
  }
  return text.slice(end).trim() === '' ? found : null;
}

class Unreadable extends Error {}

export function parseFilter(text: string): Result<Filter, ScimFailure> {
  const read = text.length > LONGEST ? null : tokens(text);
  try {
    if (read === null) throw new Unreadable();
    const parser = new Parser(read);
    const filter = parser.either(0);
    if (!parser.isAtEnd()) throw new Unreadable();
    return ok(filter);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return fail(bad('invalidFilter', 'This filter cannot be read.'));
  }
}

class Parser {
  private readonly tokens: readonly string[];
  private at = 0;
  constructor(read: readonly string[]) {
    this.tokens = read;
  }
  isAtEnd(): boolean {
    return this.at === this.tokens.length;
  }
  private peek(): string {
    return this.tokens[this.at]?.toLowerCase() ?? '';
  }
  private next(): string {
    const token = this.tokens[this.at++];
    if (token === undefined) throw new Unreadable();
    return token;
  }
  private expect(token: string): void {
    if (this.next().toLowerCase() !== token) throw new Unreadable();
  }
  either(depth: number): Filter {
    let left = this.both(depth);
    while (this.peek() === 'or') {
      this.at++;
      left = { is: 'or', left, right: this.both(depth) };
    }
    return left;
  }
  private both(depth: number): Filter {
    let left = this.one(depth);
    while (this.peek() === 'and') {
      this.at++;
      left = { is: 'and', left, right: this.one(depth) };
    }
    return left;
  }
  private one(depth: number): Filter {
    if (depth > DEEPEST) throw new Unreadable();
    if (this.peek() === 'not' && this.tokens[this.at + 1] === '(') {
      this.at++;
      return { is: 'not', of: this.one(depth + 1) };
    }
    if (this.peek() === '(') {
      this.at++;
      const inside = this.either(depth + 1);
      this.expect(')');
      return inside;
    }
    return this.attribute(depth);
  }
  private attribute(depth: number): Filter {
    const path = readPath(this.next());
    if (this.peek() !== '[') return this.comparison(path);
    this.at++;
    const of = this.either(depth + 1);
    this.expect(']');
    const after = this.tokens[this.at];
    if (after?.startsWith('.') !== true) return { is: 'some', path, of };
    this.at++; // emails[type eq "work"].value eq "…": both of the same value
    return { is: 'some', path, of: { is: 'and', left: of, right: this.comparison(readPath(after.slice(1))) } };
  }
  private comparison(path: readonly string[]): Filter {
    const operator = OPERATORS.find((one) => one === this.peek());
    if (operator === undefined) throw new Unreadable();
    this.at++;
    return { is: 'compare', path, operator, value: operator === 'pr' ? null : readValue(this.next()) };
  }
}

function readPath(token: string): string[] {
  const plain = token.toLowerCase();
  const schema = SCHEMA_NAMES.find(({ id }) => plain.startsWith(`${id.toLowerCase()}:`));
  const rest = schema === undefined ? token : token.slice(schema.id.length + 1);
  const parts = rest.split('.');
  if (!parts.every((part) => /^[A-Za-z$][\w$-]*$/.test(part))) throw new Unreadable();
  return schema?.isExtension === true ? [schema.id, ...parts] : parts;
}

function readValue(token: string): Json {
  if (!/^("|-?\d|true$|false$|null$)/i.test(token)) throw new Unreadable();
  try {
    return JSON.parse(token.startsWith('"') ? token : token.toLowerCase()) as Json;
  } catch {
    throw new Unreadable();
  }
}

/** Whether a resource, or one value of several, is what the filter asks for. */
export function matches(filter: Filter, of: Json): boolean {
  switch (filter.is) {
    case 'and':
      return matches(filter.left, of) && matches(filter.right, of);
    case 'or':
      return matches(filter.left, of) || matches(filter.right, of);
    case 'not':
      return !matches(filter.of, of);
    case 'some':
      return valuesAt(of, filter.path).some((value) => matches(filter.of, value));
    case 'compare':
      return compare(filter, valuesAt(of, filter.path));
  }
}

/** Every value under a path; of several values each. `value` of a value that is plain is itself. */
function valuesAt(from: Json, [name, ...rest]: readonly string[]): Json[] {
  if (name === undefined) return Array.isArray(from) ? from : [from];
  if (Array.isArray(from)) return from.flatMap((one) => valuesAt(one, [name, ...rest]));
  if (!isObject(from)) return name.toLowerCase() === 'value' ? valuesAt(from, rest) : [];
  const value = getIn(from, name);
  return value === undefined ? [] : valuesAt(value, rest);
}

function compare(filter: Extract<Filter, { is: 'compare' }>, found: readonly Json[]): boolean {
  const { operator, value, path } = filter;
  const exact = EXACT.has(path.at(-1)?.toLowerCase() ?? '');
  const values = found.map((one) => (isObject(one) ? (one['value'] ?? one) : one));
  if (operator === 'pr') return values.some((one) => one !== null && one !== '');
  if (operator === 'eq') return values.length === 0 ? value === null : values.some((one) => equal(one, value, exact));
  if (operator === 'ne') return !values.some((one) => equal(one, value, exact));
  return values.some((one) => ordered(operator, one, value, exact));
}

function ordered(operator: Operator, a: Json, b: Json, exact: boolean): boolean {
  if (typeof a === 'number' && typeof b === 'number') return inOrder(operator, a - b);
  if (typeof a !== 'string' || typeof b !== 'string') return false;
  const [x, y] = exact ? [a, b] : [a.toLowerCase(), b.toLowerCase()];
  if (operator === 'co') return x.includes(y);
  if (operator === 'sw') return x.startsWith(y);
  if (operator === 'ew') return x.endsWith(y);
  return inOrder(operator, x < y ? -1 : x > y ? 1 : 0);
}

const inOrder = (operator: Operator, sign: number): boolean =>
  (operator === 'gt' && sign > 0) ||
  (operator === 'ge' && sign >= 0) ||
  (operator === 'lt' && sign < 0) ||
  (operator === 'le' && sign <= 0);

/** What a value must be made of for this filter to hold of it; null where it does not say (`ne`, `or`, …). */
export function asValue(filter: Filter): JsonObject | null {
  if (filter.is === 'and') {
    const [left, right] = [asValue(filter.left), asValue(filter.right)];
    return left === null || right === null ? null : { ...left, ...right };
  }
  if (filter.is !== 'compare' || filter.operator !== 'eq') return null;
  const [name, more] = filter.path;
  return name === undefined || more !== undefined ? null : { [name]: filter.value };
}
