// AT Protocol servers for tests, on the loopback interface only: in-memory PLC directory + PDS (@atproto/pds), optionally
// the Bluesky AppView. Prints one line "READY {json}" on stdout when everything listens; SIGTERM/SIGINT stops it.
//   node start.mjs [--until-stdin-ends] [--plc-port 2582] [--pds-port 2583] [--data DIR] [--handle-domains .test]
//                 [--handle-host .bridge.test=http://127.0.0.1:8080]...   extra handle suffix -> where /.well-known/atproto-did is asked
//                 [--crawlers http://127.0.0.1:9000]                      relays the PDS sends requestCrawl to (default: none)
//                 [--plc-url http://...]                                  use a running PLC instead of starting one (a second PDS)
//                 [--rate-limits]                                         the PDS's own rate limits on
//                 [--appview --appview-port 2584 --pg postgres://... --redis 127.0.0.1:6380]
//                 [--firehose ws://127.0.0.1:8080]...                     extra firehoses the AppView indexes (the bridge)
process.env.LOG_ENABLED ??= 'false'
process.env.NODE_ENV ??= 'development'
import net from 'node:net'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const t0 = performance.now()
const args = process.argv.slice(2)
const opt = (n, d) => { const i = args.indexOf('--' + n); return i < 0 ? d : args[i + 1] }
const all = (n) => args.flatMap((a, i) => (a === '--' + n ? [args[i + 1]] : []))
const has = (n) => args.includes('--' + n)

// every server here listens on loopback only
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (...a) {
  if (typeof a[0] === 'number' && (a.length === 1 || typeof a[1] === 'function')) a.splice(1, 0, '127.0.0.1')
  else if (a[0] && typeof a[0] === 'object' && a[0].port != null) a[0].host = '127.0.0.1'
  return listen.apply(this, a)
}
process.on('unhandledRejection', (e) => console.error('unhandledRejection', e))

const { TestPlc, TestPds, mockResolvers } = await import('@atproto/dev-env')
const plcPort = Number(opt('plc-port', 2582)), pdsPort = Number(opt('pds-port', 2583))
const data = opt('data', fs.mkdtempSync(path.join(os.tmpdir(), 'atproto-peer-')))
fs.mkdirSync(path.join(data, 'blobs'), { recursive: true })
const domains = opt('handle-domains', '.test').split(',')
const hosts = all('handle-host').map((s) => s.split('='))

const plcUrl = opt('plc-url')
const plc = plcUrl ? { url: plcUrl, close: async () => {} } : await TestPlc.create({ port: plcPort })
const pdsCfg = {
  didPlcUrl: plc.url, port: pdsPort, dataDirectory: data, blobstoreDiskLocation: path.join(data, 'blobs'),
  serviceHandleDomains: domains, enableDidDocWithSession: true, crawlers: all('crawlers'),
  rateLimitsEnabled: has('rate-limits'),
}
// handles: '.test' & co. ask the PDS, --handle-host suffixes ask their host; nothing asks DNS
const wireHandles = (idResolver, pds) => {
  mockResolvers(idResolver, pds)
  const byPds = idResolver.handle.resolve
  idResolver.handle.resolve = async (handle) => {
    const h = hosts.find(([suffix]) => handle.endsWith(suffix))
    if (h) {
      try {
        const u = new URL('/.well-known/atproto-did', h[1])
        const { request } = await import('undici')
        const r = await request(u, { headers: { host: handle } })
        return r.statusCode === 200 ? (await r.body.text()).trim() : (await r.body.dump(), undefined)
      } catch { return undefined }
    }
    return domains.some((d) => handle.endsWith(d)) ? byPds(handle) : undefined
  }
}
const closers = []
let out = { plc: plc.url, pds: `http://localhost:${pdsPort}`, firehose: `ws://localhost:${pdsPort}`, adminPassword: 'admin-pass', data }
if (has('appview')) {
  const { TestBsky, TestBsync } = await import('@atproto/dev-env')
  const bsky = await import('@atproto/bsky')
  const pg = opt('pg', process.env.DB_POSTGRES_URL), redis = opt('redis', process.env.REDIS_HOST)
  const avPort = Number(opt('appview-port', 2584))
  // the PLC is in memory, so an index of an earlier run is worthless: start from empty schemas
  const { default: pgm } = await import('pg')
  const c = new pgm.Client({ connectionString: pg }); await c.connect()
  for (const x of ['bsync_peer', 'appview_peer']) await c.query(`drop schema if exists ${x} cascade`)
  await c.end()
  const bsync = await TestBsync.create({ dbUrl: pg, dbSchema: 'bsync_peer', apiKeys: ['bsync-api-key'] })
  const av = await TestBsky.create({
    port: avPort, plcUrl: plc.url, pdsPort, publicUrl: `http://localhost:${avPort}`,
    bsyncUrl: bsync.url, bsyncApiKey: 'bsync-api-key', repoProvider: `ws://localhost:${pdsPort}`,
    dbPostgresUrl: pg, dbPostgresSchema: 'appview_peer', redisHost: redis,
  })
  Object.assign(pdsCfg, { bskyAppViewUrl: av.url, bskyAppViewDid: av.ctx.cfg.serverDid })
  const pds = await TestPds.create(pdsCfg)
  for (const r of [pds.ctx.idResolver, av.ctx.idResolver, av.dataplane.idResolver]) wireHandles(r, pds)
  const subs = all('firehose').map((service) => {
    const s = new bsky.RepoSubscription({ service, db: av.db, idResolver: av.dataplane.idResolver })
    void s.start(); return s
  })
  closers.push(() => Promise.all(subs.map((s) => s.destroy())), () => av.close(), () => bsync.close(), () => pds.close())
  out = { ...out, appview: av.url, appviewDid: av.ctx.cfg.serverDid, pdsDid: pds.ctx.cfg.service.did }
} else {
  const pds = await TestPds.create(pdsCfg)
  wireHandles(pds.ctx.idResolver, pds)
  closers.push(() => pds.close())
  out.pdsDid = pds.ctx.cfg.service.did
}
closers.push(() => plc.close())
const stop = async () => { setTimeout(() => process.exit(0), 4000).unref(); for (const c of closers) await Promise.resolve().then(c).catch(() => {}); process.exit(0) }
if (has('until-stdin-ends')) process.stdin.on('end', stop).resume()
process.on('SIGTERM', stop); process.on('SIGINT', stop)
console.log('READY ' + JSON.stringify({ ...out, pid: process.pid, startMs: Math.round(performance.now() - t0), rssMiB: Math.round(process.memoryUsage().rss / 1048576) }))
