/** The URNs that SCIM gives its schemas and messages (RFC 7643 and 7644). */
import { ENTERPRISE } from '../people/access.ts';

export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export { ENTERPRISE };
export const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

export const SCHEMA_NAMES = [
  { id: USER, isExtension: false },
  { id: GROUP, isExtension: false },
  { id: ENTERPRISE, isExtension: true },
] as const;

/** Where the service lies at an authority's address. */
export const SCIM_PATH = '/scim/v2';
