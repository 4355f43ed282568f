/** What a relay can be caught at. */

/**
 * Proof or strong sign that the relay did not keep its word. `fork` is proven by its own signatures, and stays; the others
 * stop the area until a later link finds the relay's word in one line with what this device holds.
 */
export type Lie = 'fork' | 'rollback' | 'altered' | 'unsigned' | 'withheld' | 'directory';
