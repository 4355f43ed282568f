/** Branded numbers, so that a length is never taken for a time. The brands exist for the compiler only. */
declare const unit: unique symbol;

/** A number of bytes, 0 or more. */
export type ByteCount = number & { readonly [unit]?: 'bytes' };
/** Milliseconds: a duration, or a time since 1970-01-01T00:00:00Z. */
export type Millis = number & { readonly [unit]?: 'ms' };

export const KiB = 1024;
export const MiB = 1024 * KiB;
export const SECOND: Millis = 1000;
export const MINUTE: Millis = 60 * SECOND;
export const HOUR: Millis = 60 * MINUTE;
export const DAY: Millis = 24 * HOUR;
