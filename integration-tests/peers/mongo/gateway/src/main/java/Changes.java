import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.*;
import java.util.*;
import java.util.concurrent.*;
import org.bson.*;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.replication.*;

/**
 * Change streams: the extension has none, so the gateway reads PostgreSQL's logical replication (pgoutput) of schema
 * documentdb_data and turns every row change into a change event. Needs wal_level=logical. The slot is persistent and
 * is acknowledged late (10 minutes, 100,000 events, 64 MB of documents or 32 MB of WAL), so a resume token stays good across a crash of the gateway or of PostgreSQL.
 * After a restart the retained WAL is read again first (seconds); streams wait for that, nothing is lost.
 * Known differences: replaceOne shows as "update"; no drop/rename/invalidate events; no DDL events.
 */
final class Changes {
    static final long KEEP_MS = 600_000, MAX_BYTES = 64L << 20, MAX_WAL = Long.getLong("keepWalMb", 32) << 20;
    static final int MAX = 100_000;

    record Ev(long lsn, int seq, long at, int size, String db, String coll, BsonDocument doc, BsonDocument full) {}

    private static final ArrayDeque<Ev> ring = new ArrayDeque<>();
    private static long bytes;
    private static final ArrayDeque<long[]> marks = new ArrayDeque<>();
    private static final Object lock = new Object();
    static volatile boolean on;
    static volatile long oldestLsn;
    private static final Map<Integer, long[]> rel = new ConcurrentHashMap<>(); // relation oid -> collection id (or -1)
    private static final Map<Long, String[]> names = new ConcurrentHashMap<>(); // collection id -> db, collection

    static void start(String jdbc) throws SQLException {
        try (Connection c = DocdbGateway.take();
                Statement s = c.createStatement()) {
            try (ResultSet r = s.executeQuery("SHOW wal_level")) {
                r.next();
                if (!r.getString(1).equals("logical")) {
                    System.out.println("change streams off: wal_level is not logical");
                    return;
                }
            }
            s.execute("CREATE OR REPLACE FUNCTION public.docdb_gw_identity() RETURNS event_trigger LANGUAGE plpgsql AS"
                    + " $$ DECLARE r record; BEGIN FOR r IN SELECT object_identity o FROM"
                    + " pg_event_trigger_ddl_commands() WHERE command_tag = 'CREATE TABLE' AND object_identity ~"
                    + " '^documentdb_data\\.documents_[0-9]+$' LOOP EXECUTE 'ALTER TABLE ' || r.o || ' REPLICA"
                    + " IDENTITY FULL'; END LOOP; END $$");
            s.execute("DO $$ DECLARE r record; BEGIN IF NOT EXISTS (SELECT 1 FROM pg_event_trigger WHERE evtname ="
                    + " 'docdb_gw_identity') THEN CREATE EVENT TRIGGER docdb_gw_identity ON ddl_command_end WHEN"
                    + " TAG IN ('CREATE TABLE') EXECUTE FUNCTION public.docdb_gw_identity(); END IF; FOR r IN"
                    + " SELECT c.oid::regclass::text t FROM pg_class c WHERE relnamespace ="
                    + " 'documentdb_data'::regnamespace AND relkind = 'r' AND relname ~ '^documents_[0-9]+$' AND"
                    + " relreplident <> 'f' LOOP EXECUTE 'ALTER TABLE ' || r.t || ' REPLICA IDENTITY FULL'; END"
                    + " LOOP; IF NOT EXISTS (SELECT 1 FROM pg_publication WHERE pubname = 'docdb_gw') THEN CREATE"
                    + " PUBLICATION docdb_gw FOR TABLES IN SCHEMA documentdb_data; END IF; END $$");
            try (ResultSet r = s.executeQuery("SELECT 1 FROM pg_replication_slots WHERE slot_name = 'docdb_gw'")) {
                if (!r.next()) s.execute("SELECT pg_create_logical_replication_slot('docdb_gw', 'pgoutput')");
            }
            try (ResultSet r = s.executeQuery(
                    "SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = 'docdb_gw'")) {
                r.next();
                oldestLsn = LogSequenceNumber.valueOf(r.getString(1)).asLong();
            }
        }
        on = true;
        Thread t = new Thread(
                () -> {
                    while (true)
                        try {
                            read(jdbc);
                        } catch (Throwable e) {
                            System.err.println("change reader: " + e);
                            try {
                                Thread.sleep(500);
                            } catch (InterruptedException x) {
                                return;
                            }
                        }
                },
                "changes");
        t.setDaemon(true);
        t.start();
    }

    private static void read(String jdbc) throws Exception {
        Properties p = new Properties();
        PGProperty.REPLICATION.set(p, "database");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(p, "9.4");
        PGProperty.PREFER_QUERY_MODE.set(p, "simple");
        try (Connection c = DriverManager.getConnection(jdbc, p)) {
            PGReplicationStream st = c.unwrap(PGConnection.class)
                    .getReplicationAPI()
                    .replicationStream()
                    .logical()
                    .withSlotName("docdb_gw")
                    .withSlotOption("proto_version", 1)
                    .withSlotOption("publication_names", "docdb_gw")
                    .withSlotOption("binary", true)
                    .withStatusInterval(1, TimeUnit.SECONDS)
                    .start();
            synchronized (lock) {
                ring.clear();
                marks.clear();
                bytes = 0;
            }
            long lsn = 0, ts = 0;
            int seq = 0;
            List<Ev> txn = new ArrayList<>();
            while (true) {
                ByteBuffer b = st.read();
                if (b == null) continue;
                switch ((char) b.get()) {
                    case 'B' -> {
                        lsn = b.getLong();
                        ts = b.getLong() / 1000 + 946_684_800_000L;
                        seq = 0;
                        txn.clear();
                    }
                    case 'C' -> {
                        synchronized (lock) {
                            for (Ev e : txn) {
                                ring.add(e);
                                bytes += e.size;
                            }
                            if (marks.isEmpty() || ts - marks.peekLast()[1] > 500) marks.add(new long[] {lsn, ts});
                            long old = System.currentTimeMillis() - KEEP_MS, ack = 0;
                            while (marks.size() > 1
                                    && (marks.peekFirst()[1] < old || lsn - marks.peekFirst()[0] > MAX_WAL))
                                ack = marks.pollFirst()[0];
                            while (!ring.isEmpty()
                                    && (ring.peekFirst().lsn <= ack
                                            || ring.size() > MAX
                                            || bytes > MAX_BYTES && ring.size() > 1)) {
                                Ev e = ring.pollFirst();
                                bytes -= e.size;
                                ack = Math.max(ack, e.lsn);
                            }
                            if (ack != 0) {
                                oldestLsn = ack;
                                st.setFlushedLSN(LogSequenceNumber.valueOf(ack));
                                st.setAppliedLSN(LogSequenceNumber.valueOf(ack));
                            }
                            lock.notifyAll();
                        }
                        txn = new ArrayList<>();
                    }
                    case 'R' -> {
                        int oid = b.getInt();
                        cstr(b);
                        String n = cstr(b);
                        long id = n.matches("documents_\\d+") ? Long.parseLong(n.substring(10)) : -1;
                        rel.put(oid, new long[] {id});
                        if (id >= 0) name(id);
                    }
                    case 'I' -> {
                        String[] n = coll(b.getInt());
                        b.get();
                        byte[][] row = tuple(b);
                        if (n != null) txn.add(event(lsn, seq++, ts, n, "insert", null, row));
                    }
                    case 'U' -> {
                        String[] n = coll(b.getInt());
                        byte[][] old = null;
                        char k = (char) b.get();
                        if (k != 'N') {
                            old = tuple(b);
                            b.get();
                        }
                        byte[][] row = tuple(b);
                        if (n != null) txn.add(event(lsn, seq++, ts, n, "update", old, row));
                    }
                    case 'D' -> {
                        String[] n = coll(b.getInt());
                        b.get();
                        byte[][] old = tuple(b);
                        if (n != null) txn.add(event(lsn, seq++, ts, n, "delete", old, null));
                    }
                    default -> {}
                }
            }
        }
    }

    private static String cstr(ByteBuffer b) {
        int s = b.position();
        while (b.get() != 0) {}
        byte[] x = new byte[b.position() - s - 1];
        b.position(s);
        b.get(x);
        b.get();
        return new String(x, StandardCharsets.UTF_8);
    }

    private static byte[][] tuple(ByteBuffer b) {
        byte[][] r = new byte[b.getShort()][];
        for (int i = 0; i < r.length; i++) {
            char k = (char) b.get();
            if (k == 't' || k == 'b') {
                r[i] = new byte[b.getInt()];
                b.get(r[i]);
            }
        }
        return r;
    }

    private static String[] coll(int oid) {
        long[] id = rel.get(oid);
        return id == null || id[0] < 0 ? null : name(id[0]);
    }

    static void renamed() {
        names.clear();
    }

    private static String[] name(long id) {
        return names.computeIfAbsent(id, k -> {
            try {
                Connection c = DocdbGateway.take();
                try (PreparedStatement s = c.prepareStatement(
                        "SELECT database_name, collection_name FROM documentdb_api_catalog.collections WHERE"
                                + " collection_id = ?")) {
                    s.setLong(1, k);
                    try (ResultSet r = s.executeQuery()) {
                        return r.next() ? new String[] {r.getString(1), r.getString(2)} : null;
                    }
                } finally {
                    DocdbGateway.give(c);
                }
            } catch (SQLException e) {
                return null;
            }
        });
    }

    private static Ev event(long lsn, int seq, long ts, String[] ns, String op, byte[][] old, byte[][] row) {
        BsonDocument key = DocdbGateway.decode(row != null ? row[1] : old[1]),
                now = row == null || row[2] == null ? null : DocdbGateway.decode(row[2]),
                before = old == null || old[2] == null ? null : DocdbGateway.decode(old[2]);
        BsonDocument d = new BsonDocument("_id", token(lsn, seq))
                .append("operationType", new BsonString(op))
                .append("clusterTime", new BsonTimestamp((int) (ts / 1000), seq + 1))
                .append("wallTime", new BsonDateTime(ts))
                .append("ns", DocdbGateway.doc("db", ns[0], "coll", ns[1]))
                .append("documentKey", new BsonDocument("_id", key.get(key.getFirstKey())));
        if (op.equals("insert")) d.append("fullDocument", now);
        if (op.equals("update")) {
            BsonDocument set = new BsonDocument();
            BsonArray gone = new BsonArray();
            if (before != null) diff("", before, now, set, gone);
            else set = now;
            d.append(
                    "updateDescription",
                    new BsonDocument("updatedFields", set)
                            .append("removedFields", gone)
                            .append("truncatedArrays", new BsonArray()));
        }
        return new Ev(lsn, seq, ts, 300 + (row == null || row[2] == null ? 0 : row[2].length), ns[0], ns[1], d, now);
    }

    private static void diff(String path, BsonDocument a, BsonDocument b, BsonDocument set, BsonArray gone) {
        for (String k : b.keySet()) {
            BsonValue x = a.get(k), y = b.get(k);
            if (y.equals(x)) continue;
            if (x != null && x.isDocument() && y.isDocument())
                diff(path + k + ".", x.asDocument(), y.asDocument(), set, gone);
            else set.append(path + k, y);
        }
        for (String k : a.keySet()) if (!b.containsKey(k)) gone.add(new BsonString(path + k));
    }

    static BsonDocument token(long lsn, int seq) {
        return new BsonDocument("_data", new BsonString(String.format("%016X%08X", lsn, seq + 1)));
    }

    // ------------------------------------------------------------ cursors
    static final class Stream {
        long lsn;
        int seq;
        String db, coll;
        boolean full;
        BsonArray rest;
        String ns;
        volatile long used = System.nanoTime();
    }

    static final ConcurrentHashMap<Long, Stream> streams = new ConcurrentHashMap<>();

    static byte[] open(Connection c, String db, BsonDocument cmd) throws Exception {
        if (!on)
            throw new DocdbGateway.MongoError(
                    40573, "Location40573", "The $changeStream stage is only supported on replica sets");
        BsonArray p = cmd.getArray("pipeline");
        BsonDocument o = p.get(0).asDocument().getDocument("$changeStream");
        Stream s = new Stream();
        if (!o.getBoolean("allChangesForCluster", BsonBoolean.FALSE).getValue()) {
            s.db = db;
            if (cmd.get("aggregate").isString())
                s.coll = cmd.getString("aggregate").getValue();
        }
        String f = o.getString("fullDocument", new BsonString("default")).getValue();
        s.full = !f.equals("default");
        s.rest = new BsonArray(p.subList(1, p.size()));
        s.ns = db + "." + (s.coll == null ? "$cmd.aggregate" : s.coll);
        BsonValue t = o.get("resumeAfter", o.get("startAfter"));
        if (t != null) {
            String x = t.asDocument().getString("_data").getValue();
            s.lsn = Long.parseUnsignedLong(x.substring(0, 16), 16);
            s.seq = (int) Long.parseLong(x.substring(16), 16) - 1;
            if (Long.compareUnsigned(s.lsn, oldestLsn) < 0)
                throw new DocdbGateway.MongoError(
                        286,
                        "ChangeStreamHistoryLost",
                        "Resume of change stream was not possible, as the resume point may no longer be in the log",
                        "NonResumableChangeStreamError");
        } else if (o.containsKey("startAtOperationTime")) {
            BsonTimestamp w = o.getTimestamp("startAtOperationTime");
            s.lsn = lsnNow(c);
            s.seq = -1;
            synchronized (lock) {
                for (Ev e : ring)
                    if (e.doc.getTimestamp("clusterTime").compareTo(w) >= 0) {
                        s.lsn = e.lsn;
                        s.seq = e.seq - 1;
                        break;
                    }
            }
        } else {
            s.lsn = lsnNow(c);
            s.seq = -1;
        }
        long id = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        streams.put(id, s);
        return DocdbGateway.ok(
                "cursor",
                new BsonDocument("firstBatch", new BsonArray())
                        .append("postBatchResumeToken", token(s.lsn, s.seq))
                        .append("id", new BsonInt64(id))
                        .append("ns", new BsonString(s.ns)));
    }

    private static long lsnNow(Connection c) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet r = s.executeQuery("SELECT pg_current_wal_insert_lsn()")) {
            r.next();
            return LogSequenceNumber.valueOf(r.getString(1)).asLong();
        }
    }
    /** null when the id is no change stream; takes no PostgreSQL connection while it waits */
    static byte[] more(BsonDocument cmd) throws Exception {
        long id = cmd.getNumber("getMore").longValue();
        Stream s = streams.get(id);
        if (s == null) return null;
        s.used = System.nanoTime();
        int max = cmd.containsKey("batchSize")
                ? Math.max(1, cmd.getNumber("batchSize").intValue())
                : 1000;
        long end = System.currentTimeMillis()
                + (cmd.containsKey("maxTimeMS") ? cmd.getNumber("maxTimeMS").longValue() : 1000);
        BsonArray out = new BsonArray();
        while (out.isEmpty()) {
            List<Ev> got = new ArrayList<>();
            synchronized (lock) {
                while (true) {
                    for (Ev e : ring) {
                        int cmp = Long.compareUnsigned(e.lsn, s.lsn);
                        if (cmp < 0 || cmp == 0 && e.seq <= s.seq) continue;
                        if (got.size() >= max) break;
                        if ((s.db == null || e.db.equals(s.db))
                                && (s.coll == null ? !e.coll.startsWith("system.") : e.coll.equals(s.coll))) got.add(e);
                    }
                    long left = end - System.currentTimeMillis();
                    if (!got.isEmpty() || left <= 0) break;
                    lock.wait(left);
                }
            }
            if (got.isEmpty()) break;
            for (Ev e : got) {
                BsonDocument d = e.doc;
                if (s.full && e.full != null && !d.containsKey("fullDocument")) {
                    d = d.clone();
                    d.append("fullDocument", e.full);
                }
                out.add(d);
            }
            Ev last = got.get(got.size() - 1);
            s.lsn = last.lsn;
            s.seq = last.seq;
            if (!s.rest.isEmpty()) out = filter(out, s.rest);
        }
        return DocdbGateway.ok(
                "cursor",
                new BsonDocument("nextBatch", out)
                        .append("postBatchResumeToken", token(s.lsn, s.seq))
                        .append("id", new BsonInt64(id))
                        .append("ns", new BsonString(s.ns)));
    }

    private static BsonArray filter(BsonArray in, BsonArray stages)
            throws Exception { // the extension evaluates the user's stages
        BsonArray p = new BsonArray();
        p.add(new BsonDocument("$documents", in));
        p.addAll(stages);
        BsonDocument agg = new BsonDocument("aggregate", new BsonInt32(1))
                .append("pipeline", p)
                .append("cursor", new BsonDocument("batchSize", new BsonInt32(100_000)));
        Connection c = DocdbGateway.take();
        try {
            return DocdbGateway.decode(DocdbGateway.query(
                                    c,
                                    "SELECT cursorpage::bytea, continuation::bytea, persistconnection, cursorid FROM"
                                            + " documentdb_api.aggregate_cursor_first_page('admin',"
                                            + " ?::bytea::documentdb_core.bson)",
                                    (Object) DocdbGateway.encode(agg))
                            .doc)
                    .getDocument("cursor")
                    .getArray("firstBatch");
        } finally {
            DocdbGateway.give(c);
        }
    }
}
