/**
 * Gives every byte string in a value memory of its own, where it has not. A clone sent to another process carries the whole memory that a
 * view lies in: beside a public key, in a decoded file, lies the private one.
 */
export function ownBytes<T>(value: T): T {
  return copied(value) as T;
}

function copied(value: unknown): unknown {
  if (value instanceof Uint8Array) return value.byteLength === value.buffer.byteLength ? value : new Uint8Array(value);
  if (Array.isArray(value)) return value.map(copied);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copied(inner)]));
}
