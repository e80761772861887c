import java.io.*;
import java.net.*;
import java.nio.*;
import java.nio.charset.StandardCharsets;
import java.sql.*;
import java.time.Instant;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import org.bson.*;
import org.bson.codecs.*;
import org.bson.io.BasicOutputBuffer;

/**
 * MongoDB wire protocol (OP_MSG, and OP_QUERY for the first hello) in front of PostgreSQL with the
 * DocumentDB extension (Debian: postgresql-18-documentdb). Every command is handed to the SQL functions
 * of schema documentdb_api; the gateway itself keeps no data. For tests on loopback: no TLS, no auth.
 *
 *   DocdbGateway [listen-port=27017] [jdbc-url=jdbc:postgresql://127.0.0.1:54318/postgres?user=postgres]
 */
public final class DocdbGateway {
    static final BsonDocumentCodec CODEC = new BsonDocumentCodec();
    static int port;
    static String jdbc;
    static final AtomicInteger reqId = new AtomicInteger(), connId = new AtomicInteger();
    static final boolean TRACE = Boolean.getBoolean("trace");
    static final Instant start = Instant.now();

    public static void main(String[] a) throws Exception {
        port = a.length > 0 ? Integer.parseInt(a[0]) : 27017;
        jdbc = (a.length > 1 ? a[1] : "jdbc:postgresql://127.0.0.1:54318/postgres?user=postgres")
                + "&prepareThreshold=1&binaryTransfer=true&tcpKeepAlive=true&ApplicationName=docdb-gateway&preparedStatementCacheQueries=256";
        give(take()); // fail now if PostgreSQL is not there
        Changes.start(jdbc);
        Thread reaper = new Thread(DocdbGateway::reap, "reaper");
        reaper.setDaemon(true);
        reaper.start();
        try (ServerSocket ss = new ServerSocket()) {
            ss.setReuseAddress(true);
            ss.bind(new InetSocketAddress("127.0.0.1", port), 512);
            System.out.println("docdb-gateway listening on 127.0.0.1:" + port);
            while (true) {
                Socket s = ss.accept();
                s.setTcpNoDelay(true);
                Thread t = new Thread(() -> serve(s), "client-" + connId.incrementAndGet());
                t.setDaemon(true);
                t.start();
            }
        }
    }

    // ------------------------------------------------------------ PostgreSQL connections
    static final ConcurrentLinkedDeque<Connection> pool = new ConcurrentLinkedDeque<>();

    static Connection take() throws SQLException {
        Connection c = pool.pollFirst();
        if (c != null && !c.isClosed()) return c;
        c = DriverManager.getConnection(jdbc);
        try (Statement s = c.createStatement()) {
            s.execute("SET search_path = documentdb_api_catalog, documentdb_core, public");
            s.execute("SET client_min_messages = error");
            for (String g : System.getProperty(
                            "gucs",
                            "documentdb_core.enableCollation=on,documentdb.useFileBasedPersistedCursors=on,documentdb.enableCollationWithNonUniqueOrderedIndexes=on")
                    .split(","))
                if (!g.isBlank())
                    try {
                        s.execute("SET " + g);
                    } catch (SQLException e) {
                        System.err.println("SET " + g + ": " + e.getMessage());
                    }
        }
        return c;
    }

    static void give(Connection c) {
        try {
            if (c == null || c.isClosed()) return;
            if (!c.getAutoCommit()) {
                c.rollback();
                c.setAutoCommit(true);
                c.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }
            if (pool.size() < 32) pool.addFirst(c);
            else c.close();
        } catch (SQLException e) {
            try {
                c.close();
            } catch (SQLException x) {
            }
        }
    }

    static final class Row {
        byte[] doc, cont;
        boolean flag;
        long id;
    }

    static Row query(Connection c, String sql, Object... p) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(sql)) {
            for (int i = 0; i < p.length; i++) {
                Object o = p[i];
                if (o instanceof byte[] b) s.setBytes(i + 1, b);
                else if (o instanceof String t) s.setString(i + 1, t);
                else if (o instanceof Long l) s.setLong(i + 1, l);
                else if (o instanceof Double x) s.setDouble(i + 1, x);
                else if (o instanceof Boolean x) s.setBoolean(i + 1, x);
                else s.setNull(i + 1, o == null ? Types.VARCHAR : Types.BINARY);
            }
            Row r = new Row();
            try (ResultSet rs = s.executeQuery()) {
                if (rs.next()) {
                    int n = rs.getMetaData().getColumnCount();
                    r.doc = unhex(rs.getBytes(1));
                    if (n == 2) r.flag = rs.getBoolean(2);
                    if (n == 4) {
                        r.cont = rs.getBytes(2);
                        r.flag = rs.getBoolean(3);
                        r.id = rs.getLong(4);
                    }
                }
            }
            return r;
        }
    }
    /** a procedure's OUT value cannot be cast to bytea; it comes as the type's own text, BSONHEX... */
    static byte[] unhex(byte[] b) {
        if (b == null || b.length < 8 || b[0] != 'B' || b[1] != 'S' || b[4] != 'H' || b[6] != 'X') return b;
        byte[] r = new byte[(b.length - 7) / 2];
        for (int i = 0; i < r.length; i++)
            r[i] = (byte) (Character.digit(b[7 + 2 * i], 16) << 4 | Character.digit(b[8 + 2 * i], 16));
        return r;
    }

    static final Object NULL_BYTES = new Object();

    // ------------------------------------------------------------ sessions, transactions, cursors
    static final class Txn {
        final Connection c;
        final long number;
        volatile long used = System.nanoTime();

        Txn(Connection c, long n) {
            this.c = c;
            number = n;
        }
    }

    static final class Sess {
        Txn txn;
        long lastDone = -1;
        boolean lastCommitted;
        long retryNumber = -1;
        byte[] retryReply;
        volatile long used = System.nanoTime();
    }

    static final ConcurrentHashMap<String, Sess> sessions = new ConcurrentHashMap<>();

    static final class Cur {
        byte[] cont;
        Connection pinned;
        Sess sess;
        volatile long used = System.nanoTime();
    }

    static final ConcurrentHashMap<Long, Cur> cursors = new ConcurrentHashMap<>();
    static int reaps;

    static void reap() {
        while (true) {
            try {
                Thread.sleep(5000);
            } catch (InterruptedException e) {
                return;
            }
            long now = System.nanoTime();
            sessions.forEach((k, s) -> {
                synchronized (s) {
                    if (s.txn != null && now - s.txn.used > 60_000_000_000L) endTxn(s, false);
                    if (s.txn == null && now - s.used > 1_800_000_000_000L) sessions.remove(k);
                }
            });
            if (++reaps % 60 == 0)
                try {
                    Connection c = take();
                    try {
                        exec(
                                c,
                                "DELETE FROM documentdb_data.retryable_writes WHERE write_time < now() - interval '30"
                                        + " minutes'");
                    } finally {
                        give(c);
                    }
                } catch (SQLException e) {
                }
            Changes.streams.values().removeIf(x -> now - x.used > 600_000_000_000L);
            cursors.forEach((k, c) -> {
                if (now - c.used > 600_000_000_000L) {
                    cursors.remove(k);
                    if (c.pinned != null) give(c.pinned);
                }
            });
        }
    }

    static void endTxn(Sess s, boolean committed) {
        Txn t = s.txn;
        s.txn = null;
        if (t != null) {
            s.lastDone = t.number;
            s.lastCommitted = committed;
            give(t.c);
        }
    }

    static final class MongoError extends Exception {
        final int code;
        final String name;
        final String label;

        MongoError(int code, String name, String msg, String label) {
            super(msg);
            this.code = code;
            this.name = name;
            this.label = label;
        }

        MongoError(int code, String name, String msg) {
            this(code, name, msg, null);
        }
    }
    /** SQLSTATE 'M....' of the extension -> MongoDB code; as observed, the rest is 8 UnknownError. */
    static final Map<String, Integer> CODES = new HashMap<>();

    static final Map<Integer, String> NAMES = new HashMap<>();

    static void code(String st, int c, String n) {
        CODES.put(st, c);
        NAMES.put(c, n);
    }

    static {
        code("M0001", 2, "BadValue");
        code("M001C", 11000, "DuplicateKey");
        code("M000U", 115, "CommandNotSupported");
        code("M0008", 26, "NamespaceNotFound");
        code("M0009", 27, "IndexNotFound");
        code("M000M", 66, "ImmutableField");
        code("M0004", 14, "TypeMismatch");
        code("M00CO", 121, "DocumentValidationFailure");
        code("0A000", 115, "CommandNotSupported");
        code("23P01", 11000, "DuplicateKey");
        code("40001", 112, "WriteConflict");
        code("M000F", 48, "NamespaceExists");
        code("M000R", 85, "IndexOptionsConflict");
        code("M000S", 86, "IndexKeySpecsConflict");
        code("M0016", 263, "OperationNotSupportedInTransaction");
        for (String l : System.getProperty("codes", "").split(",")) {
            String[] x = l.split("=");
            if (x.length == 2) CODES.put(x[0], Integer.parseInt(x[1]));
        }
    }

    static int mongoCode(String st) {
        Integer c = CODES.get(st);
        if (c != null) return c;
        return switch (st) {
            case "40001", "40P01", "55P03" -> 112;
            case "23505", "23P01" -> 11000;
            case "57014" -> 50;
            case "42P01" -> 26;
            case "22P02" -> 9;
            default -> 8;
        };
    }

    static MongoError fromSql(SQLException e, boolean inTxn) {
        String st = e.getSQLState() == null ? "XX000" : e.getSQLState();
        int c = mongoCode(st);
        String m = e instanceof org.postgresql.util.PSQLException pe && pe.getServerErrorMessage() != null
                ? pe.getServerErrorMessage().getMessage()
                : e.getMessage();
        if (TRACE || !CODES.containsKey(st)) System.err.println("SQLSTATE " + st + " -> " + c + ": " + m);
        return new MongoError(
                c,
                name(c),
                (c == 11000 ? "E11000 duplicate key error: " : "") + m,
                c == 112 && inTxn ? "TransientTransactionError" : null);
    }

    static String name(int c) {
        return switch (c) {
            case 112 -> "WriteConflict";
            case 50 -> "MaxTimeMSExpired";
            case 26 -> "NamespaceNotFound";
            case 8 -> "UnknownError";
            default -> NAMES.getOrDefault(c, "Location" + c);
        };
    }
    /** the extension puts packed SQLSTATEs (6 bits a character, from '0') where MongoDB has its code */
    static int unpack(int v) {
        return unpack(v, "");
    }

    static int unpack(int v, String msg) {
        if (v < (1 << 18)) return v;
        StringBuilder b = new StringBuilder();
        for (int i = 0; i < 5; i++) b.append((char) ('0' + ((v >> (6 * i)) & 0x3f)));
        String st = b.toString();
        int c = mongoCode(st);
        if (!CODES.containsKey(st)) System.err.println("packed SQLSTATE " + st + " -> " + c + ": " + msg);
        return c;
    }

    // ------------------------------------------------------------ wire protocol
    static void serve(Socket s) {
        try (s;
                DataInputStream in = new DataInputStream(new BufferedInputStream(s.getInputStream(), 1 << 16));
                OutputStream out = s.getOutputStream()) {
            byte[] h = new byte[16];
            while (true) {
                in.readFully(h);
                ByteBuffer b = ByteBuffer.wrap(h).order(ByteOrder.LITTLE_ENDIAN);
                int len = b.getInt(), id = b.getInt();
                b.getInt();
                int op = b.getInt();
                if (len < 16 || len > 50_000_000) return;
                byte[] m = new byte[len - 16];
                in.readFully(m);
                ByteBuffer p = ByteBuffer.wrap(m).order(ByteOrder.LITTLE_ENDIAN);
                if (op == 2013) {
                    int flags = p.getInt();
                    int end = (flags & 1) != 0 ? m.length - 4 : m.length;
                    BsonDocument cmd = null;
                    Map<String, byte[]> seqs = null;
                    while (p.position() < end) {
                        int kind = p.get(), at = p.position(), sz = p.getInt(at);
                        if (kind == 0) cmd = decode(m, at, sz);
                        else {
                            int q = at + 4;
                            while (m[q] != 0) q++;
                            if (seqs == null) seqs = new HashMap<>();
                            seqs.put(
                                    new String(m, at + 4, q - at - 4, StandardCharsets.UTF_8),
                                    Arrays.copyOfRange(m, q + 1, at + sz));
                        }
                        p.position(at + sz);
                    }
                    byte[] r = run(cmd, seqs == null ? Map.of() : seqs);
                    if ((flags & 2) != 0) continue; // moreToCome: unacknowledged
                    ByteBuffer o = ByteBuffer.allocate(21 + r.length).order(ByteOrder.LITTLE_ENDIAN);
                    o.putInt(21 + r.length)
                            .putInt(reqId.incrementAndGet())
                            .putInt(id)
                            .putInt(2013)
                            .putInt(0)
                            .put((byte) 0)
                            .put(r);
                    out.write(o.array());
                    out.flush();
                } else if (op == 2004) { // OP_QUERY: only db.$cmd, for the handshake
                    p.getInt();
                    StringBuilder ns = new StringBuilder();
                    for (byte x; (x = p.get()) != 0; ) ns.append((char) x);
                    p.getInt();
                    p.getInt();
                    BsonDocument cmd = decode(m, p.position(), p.getInt(p.position()));
                    if (cmd.containsKey("$query")) cmd = cmd.getDocument("$query");
                    cmd.append("$db", new BsonString(ns.substring(0, Math.max(0, ns.indexOf(".")))));
                    byte[] r = run(cmd, Map.of());
                    ByteBuffer o = ByteBuffer.allocate(36 + r.length).order(ByteOrder.LITTLE_ENDIAN);
                    o.putInt(36 + r.length)
                            .putInt(reqId.incrementAndGet())
                            .putInt(id)
                            .putInt(1)
                            .putInt(8)
                            .putLong(0)
                            .putInt(0)
                            .putInt(1)
                            .put(r);
                    out.write(o.array());
                    out.flush();
                } else return;
            }
        } catch (EOFException | SocketException e) {
            /* client went away */
        } catch (Throwable e) {
            e.printStackTrace();
        }
    }

    static BsonDocument decode(byte[] b) {
        return decode(b, 0, b.length);
    }

    static BsonDocument decode(byte[] b, int at, int len) {
        try (BsonBinaryReader r =
                new BsonBinaryReader(ByteBuffer.wrap(b, at, len).slice().order(ByteOrder.LITTLE_ENDIAN))) {
            return CODEC.decode(r, DecoderContext.builder().build());
        }
    }

    static byte[] encode(BsonDocument d) {
        BasicOutputBuffer o = new BasicOutputBuffer(512);
        try (BsonBinaryWriter w = new BsonBinaryWriter(o)) {
            CODEC.encode(w, d, EncoderContext.builder().build());
        }
        return o.toByteArray();
    }

    static BsonDocument doc(Object... kv) {
        BsonDocument d = new BsonDocument();
        for (int i = 0; i < kv.length; i += 2) d.append((String) kv[i], val(kv[i + 1]));
        return d;
    }

    static BsonValue val(Object o) {
        return o instanceof BsonValue v
                ? v
                : o instanceof Integer i
                        ? new BsonInt32(i)
                        : o instanceof Long l
                                ? new BsonInt64(l)
                                : o instanceof Double x
                                        ? new BsonDouble(x)
                                        : o instanceof Boolean b
                                                ? BsonBoolean.valueOf(b)
                                                : o instanceof String s
                                                        ? new BsonString(s)
                                                        : o instanceof List<?> l
                                                                ? new BsonArray(l.stream()
                                                                        .map(DocdbGateway::val)
                                                                        .toList())
                                                                : BsonNull.VALUE;
    }

    static byte[] ok(Object... kv) {
        BsonDocument d = doc(kv);
        d.append("ok", new BsonDouble(1));
        return encode(d);
    }

    // ------------------------------------------------------------ commands
    static final Set<String> GENERIC = Set.of(
            "$db",
            "lsid",
            "txnNumber",
            "startTransaction",
            "autocommit",
            "$clusterTime",
            "$readPreference",
            "readConcern",
            "writeConcern",
            "apiVersion",
            "apiStrict",
            "apiDeprecationErrors",
            "stmtId");

    static byte[] run(BsonDocument cmd, Map<String, byte[]> seqs) {
        String name = cmd.getFirstKey();
        if (TRACE) System.err.println("> " + cmd.toJson());
        try {
            byte[] r = dispatch(name, cmd, seqs);
            if (TRACE) System.err.println("< " + decode(r).toJson());
            return r;
        } catch (MongoError e) {
            BsonDocument d =
                    doc("ok", 0.0, "errmsg", String.valueOf(e.getMessage()), "code", e.code, "codeName", e.name);
            if (e.label != null) d.append("errorLabels", val(List.of(e.label)));
            if (TRACE) System.err.println("< " + d.toJson());
            return encode(d);
        } catch (SQLException e) {
            return encode(doc(
                    "ok",
                    0.0,
                    "errmsg",
                    "PostgreSQL: " + e.getMessage(),
                    "code",
                    91,
                    "codeName",
                    "ShutdownInProgress",
                    "errorLabels",
                    List.of("RetryableWriteError")));
        } catch (Throwable e) {
            e.printStackTrace();
            return encode(doc("ok", 0.0, "errmsg", e.toString(), "code", 1, "codeName", "InternalError"));
        }
    }

    static String lsid(BsonDocument cmd) {
        BsonValue v = cmd.get("lsid");
        return v == null
                ? null
                : Base64.getEncoder()
                        .encodeToString(v.asDocument().getBinary("id").getData());
    }

    static byte[] dispatch(String name, BsonDocument cmd, Map<String, byte[]> seqs) throws Exception {
        switch (name) { // answered without PostgreSQL
            case "hello", "isMaster", "ismaster" -> {
                return hello(name);
            }
            case "ping",
                    "endSessions",
                    "refreshSessions",
                    "startSession",
                    "setFeatureCompatibilityVersion",
                    "logout",
                    "fsync",
                    "killAllSessions",
                    "killSessions" -> {
                if (name.equals("endSessions")) endSessions(cmd);
                return ok();
            }
            case "buildInfo", "buildinfo" -> {
                return ok(
                        "version",
                        "7.0.0",
                        "versionArray",
                        List.of(7, 0, 0, 0),
                        "gitVersion",
                        "docdb-gateway",
                        "modules",
                        List.of(),
                        "bits",
                        64,
                        "maxBsonObjectSize",
                        16777216);
            }
            case "whatsmyuri" -> {
                return ok("you", "127.0.0.1:0");
            }
            case "getCmdLineOpts" -> {
                return ok("argv", List.of(), "parsed", doc());
            }
            case "getLog" -> {
                return ok("totalLinesWritten", 0, "log", List.of());
            }
            case "getParameter" -> {
                return ok("featureCompatibilityVersion", doc("version", "7.0"));
            }
            case "getFreeMonitoringStatus" -> {
                return ok("state", "disabled");
            }
            case "serverStatus" -> {
                return ok(
                        "host",
                        "127.0.0.1:" + port,
                        "version",
                        "7.0.0",
                        "process",
                        "mongod",
                        "pid",
                        ProcessHandle.current().pid(),
                        "uptime",
                        (double)
                                java.time.Duration.between(start, Instant.now()).toSeconds(),
                        "localTime",
                        new BsonDateTime(System.currentTimeMillis()),
                        "connections",
                        doc("current", Thread.activeCount(), "available", 1000),
                        "storageEngine",
                        doc("name", "documentdb", "persistent", true));
            }
            case "hostInfo" -> {
                return ok("system", doc("hostname", "localhost"));
            }
            case "replSetGetStatus" -> {
                return ok(
                        "set",
                        "rs0",
                        "myState",
                        1,
                        "members",
                        List.of(doc(
                                "_id",
                                0,
                                "name",
                                "127.0.0.1:" + port,
                                "health",
                                1.0,
                                "state",
                                1,
                                "stateStr",
                                "PRIMARY",
                                "self",
                                true)));
            }
        }
        if (name.equals("getMore")) {
            byte[] r = Changes.more(cmd);
            if (r != null) return r;
        }
        String key = lsid(cmd);
        boolean inTxn =
                cmd.containsKey("autocommit") && !cmd.getBoolean("autocommit").getValue();
        long txnNumber =
                cmd.containsKey("txnNumber") ? cmd.getNumber("txnNumber").longValue() : -1;
        Sess sess = key == null ? null : sessions.computeIfAbsent(key, k -> new Sess());
        if (sess == null || txnNumber < 0) {
            return plain(name, cmd, seqs, null);
        }
        synchronized (sess) { // a session runs one command at a time
            sess.used = System.nanoTime();
            if (!inTxn) { // retryable write
                if (sess.retryNumber == txnNumber && sess.retryReply != null) return sess.retryReply;
                byte[] r = plain(name, cmd, seqs, key + ":" + txnNumber);
                sess.retryNumber = txnNumber;
                sess.retryReply = r;
                return r;
            }
            return inTransaction(sess, name, cmd, seqs, txnNumber);
        }
    }

    static byte[] plain(String name, BsonDocument cmd, Map<String, byte[]> seqs, String retryId) throws Exception {
        for (int attempt = 0; ; attempt++) {
            Connection c = take();
            boolean keep = false;
            try {
                Ctx x = new Ctx(c, retryId, false, null);
                byte[] r = command(x, name, cmd, seqs);
                keep = x.pinned;
                return r;
            } catch (SQLException e) {
                String st = String.valueOf(e.getSQLState());
                if (st.startsWith("08") || st.startsWith("57P")) {
                    try {
                        c.close();
                    } catch (SQLException x) {
                    }
                    pool.clear();
                    throw e;
                }
                // no transaction here, so a lost race inside one command is simply run again
                if (attempt < 20
                        && (st.equals("40001")
                                || st.equals("40P01")
                                || st.equals("55P03")
                                || (st.equals("23505")
                                        && String.valueOf(e.getMessage()).matches("(?s).*(collections|pg_).*"))
                                || st.equals("XX000")
                                        && String.valueOf(e.getMessage()).contains("tuple concurrently"))) {
                    Thread.sleep(ThreadLocalRandom.current().nextInt(1, 5 + attempt * 5));
                    continue;
                }
                throw fromSql(e, false);
            } finally {
                if (!keep) give(c);
            }
        }
    }

    static byte[] inTransaction(Sess s, String name, BsonDocument cmd, Map<String, byte[]> seqs, long number)
            throws Exception {
        if (name.equals("commitTransaction") || name.equals("abortTransaction")) {
            boolean commit = name.startsWith("commit");
            if (s.txn == null || s.txn.number != number) {
                if (s.lastDone == number && s.lastCommitted == commit) return ok();
                throw new MongoError(
                        251,
                        "NoSuchTransaction",
                        "Given transaction number " + number + " does not match any in-progress transactions",
                        commit ? "TransientTransactionError" : null);
            }
            try {
                if (commit) s.txn.c.commit();
                else s.txn.c.rollback();
            } catch (SQLException e) {
                endTxn(s, false);
                throw fromSql(e, true);
            }
            endTxn(s, commit);
            return ok();
        }
        boolean begin = cmd.containsKey("startTransaction")
                && cmd.getBoolean("startTransaction").getValue();
        if (begin) {
            if (s.txn != null) endTxn(s, false);
            Connection c = take();
            c.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            c.setAutoCommit(false);
            s.txn = new Txn(c, number);
        } else if (s.txn == null || s.txn.number != number)
            throw new MongoError(
                    251,
                    "NoSuchTransaction",
                    "Transaction " + number + " has been aborted.",
                    "TransientTransactionError");
        s.txn.used = System.nanoTime();
        try {
            byte[] r = command(new Ctx(s.txn.c, null, true, s), name, cmd, seqs);
            if (name.equals("insert") || name.equals("update") || name.equals("delete")) {
                BsonDocument d = decode(r);
                if (d.containsKey("writeErrors")) {
                    boolean conflict = d.getArray("writeErrors").stream()
                            .anyMatch(w -> w.asDocument().getNumber("code").intValue() == 112);
                    endTxn(s, false);
                    if (conflict)
                        throw new MongoError(112, "WriteConflict", "WriteConflict error", "TransientTransactionError");
                }
            }
            return r;
        } catch (SQLException e) {
            endTxn(s, false);
            throw fromSql(e, true);
        } catch (MongoError e) {
            endTxn(s, false);
            throw e;
        }
    }

    static final class Ctx {
        final Connection c;
        final String retryId;
        final boolean txn;
        final Sess sess;
        boolean pinned;

        Ctx(Connection c, String r, boolean t, Sess s) {
            this.c = c;
            retryId = r;
            txn = t;
            sess = s;
        }
    }

    static byte[] command(Ctx x, String name, BsonDocument cmd, Map<String, byte[]> seqs) throws Exception {
        String db = cmd.getString("$db").getValue();
        cmd = new BsonDocument(cmd.entrySet().stream()
                .filter(e -> !GENERIC.contains(e.getKey()))
                .map(e -> new BsonElement(e.getKey(), e.getValue()))
                .toList()); // a copy: the command may be run again
        Connection c = x.c;
        switch (name) {
            case "insert", "update", "delete" -> {
                String f = name.equals("insert") ? "documents" : name.equals("update") ? "updates" : "deletes";
                byte[] seq = seqs.get(f);
                Row r = query(
                        c,
                        "SELECT p_result::bytea, p_success FROM documentdb_api." + name
                                + "(?, ?::bytea::documentdb_core.bson, ?::bytea::documentdb_core.bsonsequence, ?)",
                        db,
                        encode(cmd),
                        seq == null ? NULL_BYTES : seq,
                        x.retryId);
                return fixWriteErrors(r.doc, db, cmd.getString(name).getValue());
            }
            case "findAndModify", "findandmodify" -> {
                cmd.remove("hint"); // the extension has no findAndModify hint
                return number(query(
                                c,
                                "SELECT p_result::bytea, p_success FROM documentdb_api.find_and_modify(?,"
                                        + " ?::bytea::documentdb_core.bson, ?)",
                                db,
                                encode(cmd),
                                x.retryId)
                        .doc);
            }
            case "find" -> {
                return first(x, "find_cursor_first_page", db, cmd);
            }
            case "aggregate" -> {
                BsonArray p = cmd.getArray("pipeline", new BsonArray());
                if (!p.isEmpty()
                        && p.get(0).isDocument()
                        && p.get(0).asDocument().containsKey("$changeStream")) return Changes.open(c, db, cmd);
                return first(x, "aggregate_cursor_first_page", db, cmd);
            }
            case "listCollections" -> {
                return first(x, "list_collections_cursor_first_page", db, cmd);
            }
            case "listIndexes" -> {
                return first(x, "list_indexes_cursor_first_page", db, cmd);
            }
            case "getMore" -> {
                return getMore(x, db, cmd);
            }
            case "killCursors" -> {
                return killCursors(cmd);
            }
            case "count" -> {
                return number(query(
                                c,
                                "SELECT document::bytea FROM documentdb_api.count_query(?,"
                                        + " ?::bytea::documentdb_core.bson)",
                                db,
                                encode(cmd))
                        .doc);
            }
            case "distinct" -> {
                return query(
                                c,
                                "SELECT document::bytea FROM documentdb_api.distinct_query(?,"
                                        + " ?::bytea::documentdb_core.bson)",
                                db,
                                encode(cmd))
                        .doc;
            }
            case "createIndexes" -> {
                return createIndexes(c, db, cmd);
            }
            case "dropIndexes", "deleteIndexes" -> {
                BsonDocument d = decode(query(
                                c,
                                "CALL documentdb_api.drop_indexes(?, ?::bytea::documentdb_core.bson, NULL)",
                                db,
                                encode(cmd))
                        .doc);
                return encode(flat(d));
            }
            case "create" -> {
                return okd(decode(query(
                                c,
                                "SELECT documentdb_api.create_collection_view(?,"
                                        + " ?::bytea::documentdb_core.bson)::bytea",
                                db,
                                encode(cmd))
                        .doc));
            }
            case "drop" -> {
                String n = cmd.getString("drop").getValue();
                Row r = new Row();
                try (PreparedStatement s = c.prepareStatement("SELECT documentdb_api.drop_collection(?, ?)")) {
                    s.setString(1, db);
                    s.setString(2, n);
                    try (ResultSet rs = s.executeQuery()) {
                        rs.next();
                        r.flag = rs.getBoolean(1);
                    }
                }
                return ok("nIndexesWas", 1, "ns", db + "." + n);
            }
            case "dropDatabase" -> {
                exec(c, "SELECT documentdb_api.drop_database(?)", db);
                return ok("dropped", db);
            }
            case "renameCollection" -> {
                String[] f = cmd.getString("renameCollection").getValue().split("\\.", 2),
                        t = cmd.getString("to").getValue().split("\\.", 2);
                exec(
                        c,
                        "SELECT documentdb_api.rename_collection(?, ?, ?, "
                                + cmd.getBoolean("dropTarget", BsonBoolean.FALSE)
                                        .getValue() + ")",
                        f[0],
                        f[1],
                        t[1]);
                Changes.renamed();
                return ok();
            }
            case "collMod" -> {
                return okd(decode(query(
                                c,
                                "SELECT documentdb_api.coll_mod(?, ?, ?::bytea::documentdb_core.bson)::bytea",
                                db,
                                cmd.getString("collMod").getValue(),
                                encode(cmd))
                        .doc));
            }
            case "collStats", "collstats" -> {
                return number(query(
                                c,
                                "SELECT documentdb_api.coll_stats(?, ?)::bytea",
                                db,
                                cmd.getString(name).getValue())
                        .doc);
            }
            case "dbStats", "dbstats" -> {
                return number(query(c, "SELECT documentdb_api.db_stats(?)::bytea", db).doc);
            }
            case "listDatabases" -> {
                return number(query(
                                c,
                                "SELECT documentdb_api.list_databases(?::bytea::documentdb_core.bson)::bytea",
                                encode(cmd))
                        .doc);
            }
            case "validate" -> {
                return number(query(
                                c,
                                "SELECT document::bytea FROM documentdb_api.validate(?,"
                                        + " ?::bytea::documentdb_core.bson)",
                                db,
                                encode(cmd))
                        .doc);
            }
            case "currentOp" -> {
                return number(query(
                                c,
                                "SELECT document::bytea FROM"
                                        + " documentdb_api.current_op_command(?::bytea::documentdb_core.bson)",
                                encode(cmd))
                        .doc);
            }
            case "connectionStatus" -> {
                return ok("authInfo", doc("authenticatedUsers", List.of(), "authenticatedUserRoles", List.of()));
            }
            case "compact" -> {
                return ok();
            }
            case "bulkWrite" -> {
                return bulkWrite(x, cmd, seqs);
            }
            case "explain" -> {
                return explain(
                        c,
                        db,
                        cmd.getDocument("explain"),
                        cmd.getString("verbosity", new BsonString("allPlansExecution"))
                                .getValue());
            }
            default -> throw new MongoError(59, "CommandNotFound", "no such command: '" + name + "'");
        }
    }

    static void exec(Connection c, String sql, String... p) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(sql)) {
            for (int i = 0; i < p.length; i++) s.setString(i + 1, p[i]);
            s.execute();
        }
    }

    static byte[] number(byte[] b) {
        return b;
    }

    static byte[] okd(BsonDocument d) {
        if (d == null) return ok();
        BsonValue o = d.get("ok");
        if (o == null || o.isBoolean())
            d.append("ok", new BsonDouble(o == null || o.asBoolean().getValue() ? 1 : 0));
        return encode(fixErrs(d));
    }

    static BsonDocument fixErrs(BsonDocument d) {
        BsonValue cur = d.get("cursor");
        if (cur != null && cur.isDocument() && cur.asDocument().containsKey("firstBatch"))
            for (BsonValue v : cur.asDocument().getArray("firstBatch"))
                if (v.isDocument() && v.asDocument().containsKey("code"))
                    v.asDocument()
                            .append(
                                    "code",
                                    new BsonInt32(unpack(
                                            v.asDocument().getNumber("code").intValue())));
        return d;
    }

    static final byte[] WE = "writeErrors".getBytes();

    static byte[] fixWriteErrors(byte[] b, String db, String coll) {
        if (indexOf(b, WE) < 0) return b;
        BsonDocument d = decode(b);
        for (BsonValue v : d.getArray("writeErrors")) {
            BsonDocument e = v.asDocument();
            int c = unpack(
                    e.getNumber("code").intValue(),
                    e.getString("errmsg", new BsonString("")).getValue());
            e.append("code", new BsonInt32(c));
            if (c == 11000)
                e.append(
                        "errmsg",
                        new BsonString("E11000 duplicate key error collection: " + db + "." + coll + " ("
                                + e.getString("errmsg").getValue() + ")"));
        }
        return encode(d);
    }

    static int indexOf(byte[] a, byte[] x) {
        outer:
        for (int i = 4, n = Math.min(a.length, 200) - x.length; i <= n; i++) {
            for (int k = 0; k < x.length; k++) if (a[i + k] != x[k]) continue outer;
            return i;
        }
        return -1;
    }

    static byte[] hello(String name) {
        String me = "127.0.0.1:" + port;
        return ok(
                "helloOk",
                true,
                name.equals("hello") ? "isWritablePrimary" : "ismaster",
                true,
                "secondary",
                false,
                "setName",
                "rs0",
                "setVersion",
                1,
                "hosts",
                List.of(me),
                "primary",
                me,
                "me",
                me,
                "maxBsonObjectSize",
                16777216,
                "maxMessageSizeBytes",
                48000000,
                "maxWriteBatchSize",
                100000,
                "localTime",
                new BsonDateTime(System.currentTimeMillis()),
                "logicalSessionTimeoutMinutes",
                30,
                "connectionId",
                connId.get(),
                "minWireVersion",
                0,
                "maxWireVersion",
                21,
                "readOnly",
                false);
    }

    static void endSessions(BsonDocument cmd) {
        for (BsonValue v : cmd.getArray("endSessions", new BsonArray())) {
            Sess s = sessions.remove(Base64.getEncoder()
                    .encodeToString(v.asDocument().getBinary("id").getData()));
            if (s != null)
                synchronized (s) {
                    if (s.txn != null) endTxn(s, false);
                }
        }
    }

    static byte[] first(Ctx x, String fn, String db, BsonDocument cmd) throws Exception {
        Row r = query(
                x.c,
                "SELECT cursorpage::bytea, continuation::bytea, persistconnection, cursorid FROM documentdb_api." + fn
                        + "(?, ?::bytea::documentdb_core.bson)",
                db,
                encode(cmd));
        if (r.cont != null && r.id != 0) {
            Cur cur = new Cur();
            cur.cont = r.cont;
            if (x.txn) cur.sess = x.sess;
            else if (r.flag) {
                cur.pinned = x.c;
                x.pinned = true;
            }
            cursors.put(r.id, cur);
        }
        return r.doc;
    }

    static byte[] getMore(Ctx x, String db, BsonDocument cmd) throws Exception {
        long id = cmd.getNumber("getMore").longValue();
        Cur cur = cursors.get(id);
        if (cur == null) throw new MongoError(43, "CursorNotFound", "cursor id " + id + " not found");
        cur.used = System.nanoTime();
        Connection c = cur.pinned != null ? cur.pinned : x.c;
        boolean more = false;
        try (PreparedStatement s = c.prepareStatement(
                "SELECT cursorpage::bytea, continuation::bytea FROM documentdb_api.cursor_get_more(?,"
                        + " ?::bytea::documentdb_core.bson, ?::bytea::documentdb_core.bson)")) {
            s.setString(1, db);
            s.setBytes(2, encode(cmd));
            s.setBytes(3, cur.cont);
            try (ResultSet rs = s.executeQuery()) {
                rs.next();
                byte[] page = rs.getBytes(1), cont = rs.getBytes(2);
                if (cont != null) {
                    cur.cont = cont;
                    more = true;
                }
                return page;
            }
        } finally {
            if (!more) {
                cursors.remove(id);
                if (cur.pinned != null) give(cur.pinned);
            }
        }
    }

    static byte[] killCursors(BsonDocument cmd) {
        List<Object> killed = new ArrayList<>(), nf = new ArrayList<>();
        for (BsonValue v : cmd.getArray("cursors")) {
            long id = v.asNumber().longValue();
            if (Changes.streams.remove(id) != null) {
                killed.add(id);
                continue;
            }
            Cur cur = cursors.remove(id);
            if (cur == null) nf.add(id);
            else {
                killed.add(id);
                if (cur.pinned != null) {
                    try {
                        cur.pinned.close();
                    } catch (SQLException e) {
                    }
                } else if (cur.sess == null)
                    try {
                        Connection c = take();
                        try {
                            exec(c, "SELECT documentdb_api_internal.delete_cursors(ARRAY[" + id + "]::bigint[])");
                        } finally {
                            give(c);
                        }
                    } catch (SQLException e) {
                    }
            }
        }
        return ok(
                "cursorsKilled", killed, "cursorsNotFound", nf, "cursorsAlive", List.of(), "cursorsUnknown", List.of());
    }
    /** the 8.0 client-level bulkWrite, as single insert/update/delete commands (the extension has a stub only) */
    static byte[] bulkWrite(Ctx x, BsonDocument cmd, Map<String, byte[]> seqs) throws Exception {
        List<BsonDocument> ops = list(cmd, seqs, "ops"), nss = list(cmd, seqs, "nsInfo");
        boolean ordered = cmd.getBoolean("ordered", BsonBoolean.TRUE).getValue(),
                errsOnly = cmd.getBoolean("errorsOnly", BsonBoolean.FALSE).getValue();
        BsonArray out = new BsonArray();
        int[] t = new int[6]; // errors, inserted, matched, modified, upserted, deleted
        for (int i = 0; i < ops.size(); i++) {
            BsonDocument op = ops.get(i);
            String k = op.getFirstKey();
            String[] ns = nss.get(op.getInt32(k).getValue())
                    .getString("ns")
                    .getValue()
                    .split("\\.", 2);
            BsonDocument one;
            if (k.equals("insert")) one = doc("insert", ns[1], "documents", new BsonArray(List.of(op.get("document"))));
            else {
                BsonDocument st = new BsonDocument("q", op.get("filter"));
                if (k.equals("update")) st.append("u", op.get("updateMods"));
                for (String o : List.of("multi", "upsert", "arrayFilters", "collation", "hint", "sort"))
                    if (op.containsKey(o)) st.append(o, op.get(o));
                if (k.equals("delete"))
                    st.append(
                                    "limit",
                                    new BsonInt32(
                                            op.getBoolean("multi", BsonBoolean.FALSE)
                                                            .getValue()
                                                    ? 0
                                                    : 1))
                            .remove("multi");
                one = doc(k, ns[1], k + "s", new BsonArray(List.of(st)));
            }
            one.append("$db", new BsonString(ns[0]));
            if (cmd.containsKey("let") && !k.equals("insert")) one.append("let", cmd.get("let"));
            BsonDocument r = decode(command(
                    new Ctx(x.c, x.retryId == null ? null : x.retryId + "." + i, x.txn, x.sess), k, one, Map.of()));
            int n = r.getNumber("n", new BsonInt32(0)).intValue();
            if (r.containsKey("writeErrors")) {
                t[0]++;
                BsonDocument e = r.getArray("writeErrors").get(0).asDocument();
                out.add(doc("ok", 0.0, "idx", i, "code", e.get("code"), "errmsg", e.get("errmsg"), "n", 0));
                if (ordered) break;
                continue;
            }
            BsonDocument a = doc("ok", 1.0, "idx", i, "n", n);
            switch (k) {
                case "insert" -> t[1] += n;
                case "delete" -> t[5] += n;
                default -> {
                    int m = r.getNumber("nModified", new BsonInt32(0)).intValue();
                    a.append("nModified", new BsonInt32(m));
                    t[3] += m;
                    if (r.containsKey("upserted")) {
                        t[4]++;
                        a.append(
                                "upserted",
                                doc(
                                        "_id",
                                        r.getArray("upserted")
                                                .get(0)
                                                .asDocument()
                                                .get("_id")));
                    } else t[2] += n;
                }
            }
            if (!errsOnly) out.add(a);
        }
        return ok(
                "cursor",
                doc("id", 0L, "firstBatch", out, "ns", "admin.$cmd.bulkWrite"),
                "nErrors",
                t[0],
                "nInserted",
                t[1],
                "nMatched",
                t[2],
                "nModified",
                t[3],
                "nUpserted",
                t[4],
                "nDeleted",
                t[5]);
    }

    static List<BsonDocument> list(BsonDocument cmd, Map<String, byte[]> seqs, String k) {
        if (cmd.containsKey(k))
            return cmd.getArray(k).stream().map(BsonValue::asDocument).toList();
        byte[] b = seqs.get(k);
        List<BsonDocument> l = new ArrayList<>();
        for (int at = 0; b != null && at < b.length; ) {
            int n = ByteBuffer.wrap(b, at, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
            l.add(decode(b, at, n));
            at += n;
        }
        return l;
    }

    static BsonDocument flat(BsonDocument d) {
        BsonDocument o = d;
        if (d.containsKey("raw") && d.get("raw").isDocument()) {
            BsonDocument raw = d.getDocument("raw");
            if (!raw.isEmpty() && raw.get(raw.getFirstKey()).isDocument()) o = raw.getDocument(raw.getFirstKey());
        }
        BsonValue ok = o.get("ok");
        boolean good = ok == null
                || (ok.isBoolean() ? ok.asBoolean().getValue() : ok.asNumber().doubleValue() == 1);
        o.append("ok", new BsonDouble(good ? 1 : 0));
        if (o.containsKey("code") && o.get("code").isNumber()) {
            int k = unpack(o.getNumber("code").intValue());
            o.append("code", new BsonInt32(k)).append("codeName", new BsonString(name(k)));
        }
        return o;
    }

    static byte[] createIndexes(Connection c, String db, BsonDocument cmd) throws Exception {
        cmd.remove("commitQuorum");
        if (c.getAutoCommit()) {
            BsonDocument d = decode(query(
                            c,
                            "SELECT documentdb_api_internal.create_indexes_non_concurrently(?,"
                                    + " ?::bytea::documentdb_core.bson, true)::bytea",
                            db,
                            encode(cmd))
                    .doc);
            return encode(flat(d));
        }
        throw new MongoError(263, "OperationNotSupportedInTransaction", "createIndexes in a transaction");
    }

    static byte[] explain(Connection c, String db, BsonDocument in, String verbosity) throws Exception {
        String n = in.getFirstKey(),
                fn =
                        switch (n) {
                            case "find" -> "bson_aggregation_find";
                            case "aggregate" -> "bson_aggregation_pipeline";
                            case "count" -> "bson_aggregation_count";
                            case "distinct" -> "bson_aggregation_distinct";
                            default -> throw new MongoError(115, "CommandNotSupported", "explain of " + n);
                        };
        for (String g : GENERIC) in.remove(g);
        StringBuilder hex = new StringBuilder("BSONHEX");
        for (byte b : encode(in)) hex.append(String.format("%02x", b));
        StringBuilder js = new StringBuilder();
        try (Statement s = c.createStatement();
                ResultSet rs = s.executeQuery(
                        "EXPLAIN (FORMAT JSON, " + (verbosity.equals("queryPlanner") ? "ANALYZE off" : "ANALYZE on")
                                + ") SELECT document FROM documentdb_api_catalog." + fn + "('" + db.replace("'", "''")
                                + "', '" + hex + "'::documentdb_core.bson)")) {
            while (rs.next()) js.append(rs.getString(1));
        }
        BsonArray plan = BsonArray.parse(js.toString());
        String text = js.toString();
        java.util.regex.Matcher m =
                java.util.regex.Pattern.compile("\"Index Name\": \"([^\"]+)\"").matcher(text);
        String idx = m.find() ? m.group(1) : null;
        BsonDocument w = idx == null
                ? doc("stage", "COLLSCAN")
                : doc("stage", "FETCH", "inputStage", doc("stage", "IXSCAN", "indexName", mongoIndexName(c, idx)));
        w.append("postgres", plan.get(0));
        BsonDocument d = doc(
                "queryPlanner",
                doc(
                        "namespace",
                        db + "." + in.get(n).asString().getValue(),
                        "winningPlan",
                        w,
                        "rejectedPlans",
                        List.of()));
        if (!verbosity.equals("queryPlanner")) {
            BsonDocument p = plan.get(0).asDocument().getDocument("Plan");
            d.append(
                    "executionStats",
                    doc(
                            "executionSuccess",
                            true,
                            "nReturned",
                            p.containsKey("Actual Rows")
                                    ? (int) p.getNumber("Actual Rows").doubleValue()
                                    : 0));
        }
        d.append("ok", new BsonDouble(1));
        return encode(d);
    }

    static String mongoIndexName(Connection c, String pg) {
        if (pg.startsWith("collection_pk_")) return "_id_";
        try (PreparedStatement s = c.prepareStatement(
                "SELECT (index_spec).index_name FROM documentdb_api_catalog.collection_indexes WHERE index_id = ?")) {
            s.setInt(1, Integer.parseInt(pg.replaceAll("\\D+", "")));
            try (ResultSet rs = s.executeQuery()) {
                return rs.next() ? rs.getString(1) : pg;
            }
        } catch (Exception e) {
            return pg;
        }
    }
}
