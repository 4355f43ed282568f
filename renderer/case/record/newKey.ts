/**
 * A key that nobody else can have chosen: 32 hex digits.
 */
export const newKey = (): string => crypto.randomUUID().replaceAll('-', '');
