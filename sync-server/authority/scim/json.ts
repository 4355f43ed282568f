/**
 * Attributes of a SCIM resource by name: names are compared without case (RFC 7643, 2.1), the schema's spelling is kept.
 * Pure; owns no meaning of any attribute.
 */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The name under which an object has this attribute, whatever its case; `name` itself where it has none. */
export function keyIn(object: JsonObject, name: string): string {
  if (Object.hasOwn(object, name)) return name;
  const wanted = name.toLowerCase();
  return Object.keys(object).find((key) => key.toLowerCase() === wanted) ?? name;
}

export const getIn = (object: JsonObject, name: string): Json | undefined => {
  const key = keyIn(object, name);
  return Object.hasOwn(object, key) ? object[key] : undefined;
};

/** Sets an attribute without ever reaching a prototype. */
export function setIn(object: JsonObject, name: string, value: Json): void {
  Object.defineProperty(object, keyIn(object, name), { value, writable: true, enumerable: true, configurable: true });
}

export function removeIn(object: JsonObject, name: string): boolean {
  const key = keyIn(object, name);
  return Object.hasOwn(object, key) && delete object[key];
}

/** Equal as SCIM compares: strings without case unless told, and a truth value equal to its text (`"True"`). */
export function equal(a: Json | undefined, b: Json, exact = false): boolean {
  if (typeof a === 'boolean' && typeof b === 'string') return String(a) === b.toLowerCase();
  if (typeof a === 'string' && typeof b === 'string') return exact ? a === b : a.toLowerCase() === b.toLowerCase();
  if (b === null) return a === undefined || a === null;
  return typeof a === 'object' ? JSON.stringify(a) === JSON.stringify(b) : a === b;
}
