/**
 * The SCIM service over HTTP (RFC 7644): routes, the token at the door, errors in SCIM's own form. Listens where the
 * authority serves, and needs no relay. Never answers anybody without a token of this organisation, and logs nothing of what
 * it was asked or answered.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Result } from '../../../shared/primitives/result.ts';
import type { Authority } from '../authority.ts';
import { reconcile } from '../people/reconcile.ts';
import { resourceTypes, schemas, serviceConfig } from './discovery.ts';
import type { ScimFailure } from './errors.ts';
import { errorBody, notHere } from './errors.ts';
import { allGroups, createGroup, deleteGroup, getGroup, patchGroup, replaceGroup } from './groups.ts';
import type { JsonObject } from './json.ts';
import type { Query } from './lists.ts';
import { chosen, listOf } from './lists.ts';
import { SCIM_PATH } from './names.ts';
import type { Resource } from './resource.ts';
import { namesTag } from './resource.ts';
import { isAllowed } from './tokens.ts';
import { allUsers, createUser, deleteUser, getUser, patchUser, replaceUser } from './users.ts';

export interface ScimParts {
  readonly authority: Authority;
  /** The directory has changed. */
  changed(): void;
  failed(error: unknown): void;
}

type Asked = FastifyRequest<{ Params: { id: string }; Querystring: Query }>;

/** One kind of resource, as its routes need it. */
interface Kind {
  readonly path: string;
  all(authority: Authority, base: string): Resource[];
  get(authority: Authority, id: string, base: string): Result<Resource, ScimFailure>;
  create(authority: Authority, body: unknown, base: string): Result<Resource, ScimFailure>;
  replace: Change;
  patch: Change;
  remove(authority: Authority, id: string, match: string | undefined): Result<null, ScimFailure>;
}
type Change = (
  authority: Authority,
  id: string,
  body: unknown,
  match: string | undefined,
  base: string,
) => Result<Resource, ScimFailure>;

const USERS: Kind = {
  path: '/Users',
  all: allUsers,
  get: getUser,
  create: createUser,
  replace: replaceUser,
  patch: patchUser,
  remove: deleteUser,
};
const GROUPS: Kind = {
  path: '/Groups',
  all: allGroups,
  get: getGroup,
  create: createGroup,
  replace: replaceGroup,
  patch: patchGroup,
  remove: deleteGroup,
};

/** Adds the service to a server, under `/scim/v2`. */
export async function addScim(app: FastifyInstance, parts: ScimParts): Promise<void> {
  await app.register(
    (scim, _options, ready) => {
      openDoor(scim, parts);
      addDiscovery(scim);
      for (const kind of [USERS, GROUPS]) {
        addReading(scim, parts, kind);
        addWriting(scim, parts, kind);
      }
      ready();
    },
    { prefix: SCIM_PATH },
  );
}

function openDoor(scim: FastifyInstance, parts: ScimParts): void {
  scim.addHook('onRequest', async (request, reply) => {
    if (await isAllowed(parts.authority, request.headers.authorization)) return;
    void reply.header('www-authenticate', 'Bearer realm="SCIM"');
    await refuse(reply, { status: 401, detail: 'A token of this organisation is needed.' });
  });
  scim.setErrorHandler((error, _request, reply) => {
    const { statusCode } = error as { statusCode?: number };
    if (statusCode === 413) return refuse(reply, { status: 413, detail: 'This request is too large.' });
    if (statusCode !== undefined && statusCode < 500)
      return refuse(reply, { status: 400, scimType: 'invalidSyntax', detail: 'This is no JSON that can be read.' });
    parts.failed(error);
    return refuse(reply, { status: 500, detail: 'Something failed here. Nothing is lost; ask again.' });
  });
  scim.setNotFoundHandler((_request, reply) => refuse(reply, notHere));
}

const refuse = (reply: FastifyReply, failure: ScimFailure): FastifyReply =>
  say(reply.code(failure.status), errorBody(failure));
const say = (reply: FastifyReply, body: object): FastifyReply =>
  reply.header('content-type', 'application/scim+json; charset=utf-8').send(JSON.stringify(body));

/** The service's address, as whoever asks reaches it. */
const baseOf = (request: FastifyRequest): string => `${request.protocol}://${request.host}${SCIM_PATH}`;

function addDiscovery(scim: FastifyInstance): void {
  scim.get('/ServiceProviderConfig', (request, reply) => say(reply, serviceConfig(baseOf(request))));
  for (const [path, all] of [
    ['/Schemas', schemas],
    ['/ResourceTypes', resourceTypes],
  ] as const) {
    scim.get(path, (request, reply) => sayList(reply, all(baseOf(request)), {}));
    scim.get(`${path}/:id`, (request: Asked, reply) => {
      const found = all(baseOf(request)).find(({ id }) => id === request.params.id);
      return found === undefined ? refuse(reply, notHere) : say(reply, found);
    });
  }
  scim.all('/Me', (_request, reply) => refuse(reply, { status: 501, detail: 'A token is nobody’s own.' }));
  scim.all('/Bulk', (_request, reply) => refuse(reply, { status: 501, detail: 'There is no Bulk here.' }));
}

function sayList(reply: FastifyReply, all: readonly JsonObject[], query: Query): FastifyReply {
  const list = listOf(all, query);
  return list.ok ? say(reply, list.value) : refuse(reply, list.cause);
}

function addReading(scim: FastifyInstance, { authority }: ScimParts, kind: Kind): void {
  scim.get(kind.path, (request: Asked, reply) => sayList(reply, kind.all(authority, baseOf(request)), request.query));
  scim.post(`${kind.path}/.search`, (request, reply) =>
    sayList(reply, kind.all(authority, baseOf(request)), (request.body ?? {}) as Query),
  );
  scim.get(`${kind.path}/:id`, (request: Asked, reply) => {
    const found = kind.get(authority, request.params.id, baseOf(request));
    if (!found.ok) return refuse(reply, found.cause);
    const { version } = found.value.meta;
    const known = request.headers['if-none-match'];
    void reply.header('etag', version);
    return known !== undefined && namesTag(known, version)
      ? reply.code(304).send()
      : say(reply, chosen(found.value, request.query));
  });
}

const told = (reply: FastifyReply, { query }: Asked, done: Resource): FastifyReply =>
  say(reply.header('etag', done.meta.version).header('location', done.meta.location), chosen(done, query));

function addWriting(scim: FastifyInstance, parts: ScimParts, kind: Kind): void {
  const { authority } = parts;
  const follow = async (): Promise<void> => {
    if (await reconcile(authority, 'scim')) parts.changed();
  };

  scim.post(kind.path, async (request: Asked, reply) => {
    const made = kind.create(authority, request.body, baseOf(request));
    if (!made.ok) return refuse(reply, made.cause);
    await follow();
    return told(reply.code(201), request, made.value);
  });
  for (const method of ['PUT', 'PATCH'] as const) {
    const change = method === 'PUT' ? kind.replace : kind.patch;
    scim.route({
      method,
      url: `${kind.path}/:id`,
      handler: async (request, reply) => {
        const asked = request as Asked;
        const done = change(authority, asked.params.id, asked.body, asked.headers['if-match'], baseOf(asked));
        if (!done.ok) return refuse(reply, done.cause);
        await follow();
        return told(reply, asked, done.value);
      },
    });
  }
  scim.delete(`${kind.path}/:id`, async (request: Asked, reply) => {
    const done = kind.remove(authority, request.params.id, request.headers['if-match']);
    if (!done.ok) return refuse(reply, done.cause);
    await follow();
    return reply.code(204).send();
  });
}
