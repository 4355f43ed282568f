/** What this service says of itself (RFC 7643, 5 to 7): what it can do, which resources it has, of which attributes. */
import type { Attribute } from './attributes.ts';
import { ENTERPRISE_ATTRIBUTES, GROUP_ATTRIBUTES, USER_ATTRIBUTES } from './attributes.ts';
import type { JsonObject } from './json.ts';
import { MOST } from './lists.ts';
import { ENTERPRISE, GROUP, USER } from './names.ts';

const CONFIG = 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig';
const TYPE = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType';
const SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Schema';

export const serviceConfig = (base: string): JsonObject => ({
  schemas: [CONFIG],
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: MOST },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: true },
  authenticationSchemes: [
    {
      type: 'oauthbearertoken',
      name: 'Bearer token',
      description: 'A token that the authority made for this organisation.',
      specUri: 'https://www.rfc-editor.org/info/rfc6750',
      primary: true,
    },
  ],
  meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
});

const type = (
  base: string,
  name: string,
  schema: string,
  description: string,
  extensions: JsonObject[],
): JsonObject => ({
  schemas: [TYPE],
  id: name,
  name,
  description,
  endpoint: `/${name}s`,
  schema,
  schemaExtensions: extensions,
  meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/${name}` },
});

export const resourceTypes = (base: string): JsonObject[] => [
  type(base, 'User', USER, 'A person of the organisation', [{ schema: ENTERPRISE, required: false }]),
  type(base, 'Group', GROUP, 'A post, and who holds it', []),
];

const written = ({
  name,
  type: kind,
  says,
  several,
  required,
  readOnly,
  unique,
  exact,
  parts,
}: Attribute): JsonObject => ({
  name,
  type: kind,
  multiValued: several === true,
  description: says,
  required: required === true,
  caseExact: exact === true,
  mutability: readOnly === true ? 'readOnly' : 'readWrite',
  returned: 'default',
  uniqueness: unique === true ? 'server' : 'none',
  ...(parts === undefined ? {} : { subAttributes: parts.map(written) }),
});

const GROUPS: Attribute = {
  name: 'groups',
  type: 'complex',
  several: true,
  readOnly: true,
  says: 'The groups of which the user is a member.',
  parts: [
    { name: 'value', type: 'string', readOnly: true, says: 'Id of the group.' },
    { name: 'display', type: 'string', readOnly: true, says: 'The name of the group.' },
  ],
};

const schema = (base: string, id: string, name: string, attributes: readonly Attribute[]): JsonObject => ({
  schemas: [SCHEMA],
  id,
  name,
  description: name,
  attributes: attributes.map(written),
  meta: { resourceType: 'Schema', location: `${base}/Schemas/${id}` },
});

export const schemas = (base: string): JsonObject[] => [
  schema(base, USER, 'User', [...USER_ATTRIBUTES, GROUPS]),
  schema(base, GROUP, 'Group', GROUP_ATTRIBUTES),
  schema(base, ENTERPRISE, 'Enterprise user', ENTERPRISE_ATTRIBUTES),
];
