/**
 * A relay from start to end: holds the data folder, opens the stores, listens, and on request drains: takes nothing new,
 * finishes what it took, says goodbye. What was acknowledged is on disk whether it ends so or is killed.
 */
import { randomBytes } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { Platform } from '../../shared/primitives/platform.ts';
import { fail, ok } from '../../shared/primitives/result.ts';
import { SECOND } from '../../shared/primitives/units.ts';
import { LIMITS } from '../../shared/wire/link.ts';
import { readCertificate, watchCertificate } from '../common/certificate.ts';
import type { Log } from '../common/log.ts';
import { knowProxies } from '../common/proxies.ts';
import { openAreas } from './order/areas.ts';
import { openAuthorities } from './links/authorities.ts';
import { openCheckpoints } from './order/checkpoints.ts';
import { openChunkFiles } from './chunks/files.ts';
import { openChunkNews } from './chunks/news.ts';
import { openCommits } from './order/commit.ts';
import { openFlush } from './order/flush.ts';
import type { Appended, Relay } from './context.ts';
import { heedCommands } from './decisions/heed.ts';
import { forgetLogLevel, readLogLevel } from './decisions/logLevel.ts';
import { serveDevice } from './links/deviceLink.ts';
import { openDirectories } from './directories.ts';
import { forgetRunning, holdFolder, writeRunning } from './folder.ts';
import { makeHttp } from './http/http.ts';
import { readGeneration } from './generation.ts';
import { hasKeys, openKeys } from './keys.ts';
import { USUAL_SHARES, openShares } from './limits/shares.ts';
import { openStrangers } from './limits/strangers.ts';
import { openLinks } from './links/links.ts';
import { addGauges } from './observe/gauges.ts';
import { openHealth } from './observe/health.ts';
import { makeMeters } from './observe/meters.ts';
import { openRecent } from './observe/recent.ts';
import type { RelayStatus } from './observe/status.ts';
import { boxStore } from './store/boxes.ts';
import { checkpointStore } from './store/checkpoints.ts';
import { chunkStore } from './store/chunks.ts';
import { disposalStore } from './store/disposals.ts';
import { lateStore } from './store/late.ts';
import { logStore } from './store/log.ts';
import { CLOSED } from './links/peer.ts';
import { orgStore } from './store/orgs.ts';
import { ruleStore } from './store/rules.ts';
import { fileIn, isLater, openDatabase } from './store/schema.ts';
import type { Begun, ServeSettings } from './serveSettings.ts';
import { openSides } from './http/sides.ts';
import { openSignatures } from './signatures/signatures.ts';
import { turnAway, upgradeTo, urlOf } from './links/sockets.ts';
import { tellCommitted } from './order/tell.ts';

/** Where nobody decides. Links may return at once; `relay serve` has settings for it. */
const DRAIN = { grace: 10 * SECOND, returnAfter: 0, spread: 0 };
/** How often it looks whether commands have changed something. */
const LOOK = SECOND;

export async function serveRelay(platform: Platform, log: Log, settings: ServeSettings): Promise<Begun> {
  const certificate = settings.tls ? readCertificate(settings.tls) : null;
  if (certificate && !certificate.ok) return fail('certificate unusable');
  const hold = holdFolder(settings.data);
  if (!hold.ok) return hold;
  if (isLater(settings.data)) {
    hold.value.release();
    return fail('store is later');
  }
  const db = openDatabase(settings.data);
  const isNew = !hasKeys(settings.data);
  const opened = await openKeys(platform, settings.data, db);
  if (!opened.ok) {
    db.close();
    hold.value.release();
    return opened;
  }
  const keys = opened.value;
  if (isNew)
    log.warn(
      'no relay was in this folder: a new one begins, with a new key. Where one was, check the folder and its disk',
    );
  const { generation, word } = readGeneration(db);
  const logs = logStore(db);
  const usualLevel = log.level;
  forgetLogLevel(db);
  const disposals = disposalStore(db);
  disposals.scrub(); // what a relay that was killed had deleted and not yet overwritten
  const meters = makeMeters();
  const flush = openFlush(db, fileIn(settings.data));
  const commits = openCommits<Appended>({ db, flush, log, took: (seconds) => meters.commit.observe({}, seconds) });
  const directories = await openDirectories(platform, orgStore(db), commits.durably);
  const areas = openAreas(platform, keys, generation, logs, directories, disposals);
  const links = openLinks();
  const signatures = openSignatures(platform);
  const relay: Relay = {
    platform,
    log,
    keys,
    generation,
    word,
    quotas: {
      area: Number.MAX_SAFE_INTEGER,
      total: Number.MAX_SAFE_INTEGER,
      ...settings.quotas,
      intake: settings.quota,
    },
    rules: ruleStore(db),
    meters,
    recent: openRecent(),
    directories,
    areas,
    commits,
    links,
    signatures,
    shares: openShares(links, settings.shares ?? USUAL_SHARES),
    logs,
    boxes: boxStore(db),
    chunks: chunkStore(db),
    disposals,
    late: lateStore(db),
    words: checkpointStore(db),
    files: openChunkFiles(settings.data),
    news: openChunkNews(),
  };
  const checkpoints = openCheckpoints({
    platform,
    keys,
    generation,
    store: relay.words,
    durably: commits.durably,
    failed: (error) =>
      log.error({ error: error instanceof Error ? error.message : 'unknown' }, 'a checkpoint could not be made'),
  });
  commits.onDurable((batch) => {
    checkpoints.note(batch);
    return tellCommitted(relay, batch);
  });

  const authorities = openAuthorities(relay);
  const secret = randomBytes(32).toString('base64url');
  let draining = false;
  const began = platform.now();
  const delay = monitorEventLoopDelay();
  delay.enable();
  const status = (): RelayStatus => ({
    since: began,
    slowLinks: relay.links.all().filter((link) => link.isSlow()).length,
    queue: commits.waiting(),
    lag: Math.round(delay.percentile(99) / 1e6),
    linked: relay.links.all().map((link) => link.device),
    linkedAuthorities: authorities.orgs(),
    refusals: relay.recent.all(),
    links: relay.links.count(),
    authorities: authorities.count(),
    openAreas: areas.count(),
    commits: commits.count(),
  });
  const health = openHealth(relay, db, settings.data, settings.freeSpace ?? 0);
  const isDraining = (): boolean => draining;
  const http = makeHttp({
    relay,
    authorities,
    status,
    secret,
    isDraining,
    health,
    certificate: certificate?.value ?? null,
    checkpoint: () => relay.words.newest(),
  });
  const looking = setInterval(() => heedCommands(relay, () => readLogLevel(db) ?? usualLevel), LOOK);
  const watching = settings.tls
    ? watchCertificate(settings.tls, (next) => (http.server as unknown as TlsServer).setSecureContext(next), log)
    : null;
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: LIMITS.frame,
    clientTracking: true,
  });
  const strangers = openStrangers();
  const proxies = knowProxies(settings.proxies ?? []);
  http.server.on('upgrade', (request, socket, head) => {
    const address = proxies.addressOf(request);
    const gone = { known: (): void => undefined };
    const serve = upgradeTo(
      request,
      (link) =>
        serveDevice(relay, link, {
          known: () => gone.known(),
          failed: () => strangers.fail(address, performance.now()),
        }),
      (link) => authorities.serve(link),
    );
    if (serve === null) return turnAway(socket, '404 Not Found');
    const leave = draining ? null : strangers.arrive(address);
    if (leave === null) return turnAway(socket, '503 Service Unavailable');
    gone.known = leave;
    socket.once('close', leave);
    sockets.handleUpgrade(request, socket, head, (link) => serve({ socket: link, raw: socket }));
  });

  const close = (): void => {
    clearInterval(looking);
    watching?.stop();
    checkpoints.stop();
    delay.disable();
    forgetRunning(settings.data);
    flush.close();
    db.close();
    hold.value.release();
  };
  try {
    await http.listen({ host: settings.host, port: settings.port });
  } catch (error) {
    close();
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EADDRINUSE') return fail('port in use');
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EACCES') return fail('no such address');
    throw error;
  }
  const plainUrl = urlOf(http.server.address() as AddressInfo);
  const url = certificate ? plainUrl.replace(/^http/, 'https') : plainUrl;
  addGauges({
    relay,
    db,
    dir: settings.data,
    authorities,
    health,
    isDraining,
    copies: settings.copies ?? '',
    lag: () => delay.percentile(99) / 1e9,
  });
  const listeners = await openSides(relay, settings, secret, status);
  if (!listeners.ok) {
    await http.close();
    close();
    return listeners;
  }
  const sides = listeners.value;
  writeRunning(settings.data, { url, secret, ...(sides.local ? { local: sides.local.url } : {}) });
  log.info({ url, generation }, 'listening');

  async function drain(): Promise<void> {
    if (draining) return;
    draining = true;
    log.info('draining');
    await areas.settled();
    await commits.drained();
    const { grace, returnAfter, spread } = settings.drain ?? DRAIN;
    for (const link of relay.links.all()) link.leave(returnAfter + Math.floor(Math.random() * spread));
    authorities.leave();
    // Those who had not said yet who they are, too: nobody would tell them otherwise.
    for (const socket of sockets.clients) socket.close(CLOSED.leaving, 'the relay is shutting down');
    const cut = setTimeout(() => sockets.clients.forEach((socket) => socket.terminate()), grace);
    await Promise.all([...sockets.clients].map((socket) => new Promise((resolve) => socket.once('close', resolve))));
    clearTimeout(cut);
    await sides.close();
    await checkpoints.make();
    await http.close();
    await commits.drained();
    await signatures.close();
    close();
    log.info('stopped');
  }
  return ok({ url, metrics: sides.metrics?.url ?? null, console: sides.console?.url ?? null, drain });
}
