/** What a SCIM request can be answered with when it is not done (RFC 7644, 3.12): a status, a word for machines, a sentence. */
export type ScimType =
  | 'invalidFilter'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue';

export interface ScimFailure {
  readonly status: 400 | 401 | 404 | 409 | 412 | 413 | 500 | 501;
  readonly scimType?: ScimType;
  /** Never repeats what was sent. */
  readonly detail: string;
}

export const bad = (scimType: ScimType, detail: string): ScimFailure => ({ status: 400, scimType, detail });
export const notHere: ScimFailure = { status: 404, detail: 'There is no such resource here.' };
export const taken = (detail: string): ScimFailure => ({ status: 409, scimType: 'uniqueness', detail });

export const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';
export const errorBody = ({ status, scimType, detail }: ScimFailure): object => ({
  schemas: [ERROR],
  status: String(status),
  ...(scimType === undefined ? {} : { scimType }),
  detail,
});
