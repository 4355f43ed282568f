/**
 * Two kinds of place that a type keeps apart: one whose record may be published, exported and served, and one of sensitive
 * material, which never is. Only who has asked an area's access chain of which kind it is makes one (caseIndex.ts,
 * sensitive/areas.ts).
 */
import type { AreaId } from '../../primitives/ids.ts';

declare const ordinary: unique symbol;
declare const sensitive: unique symbol;

/** Working papers or a Case file. */
export type OrdinaryArea = AreaId & { readonly [ordinary]: true };
/** An area of sensitive material: our own, or one that is shared with the prosecutor. */
export type SensitiveArea = AreaId & { readonly [sensitive]: true };
