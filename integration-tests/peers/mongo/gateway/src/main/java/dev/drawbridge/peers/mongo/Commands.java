package dev.drawbridge.peers.mongo;

import static dev.drawbridge.peers.mongo.Documents.decode;
import static dev.drawbridge.peers.mongo.Documents.document;
import static dev.drawbridge.peers.mongo.Documents.encode;
import static dev.drawbridge.peers.mongo.Documents.ok;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonElement;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;

/** MongoDB's commands as calls of the extension's functions. Holds open cursors and nothing else. */
final class Commands {
    private static final int ATTEMPTS = 20;
    private static final String SPEC = "?::bytea::documentdb_core.bson";

    /** What every command may carry and the extension does not want to see. */
    private static final Set<String> ENVELOPE = Set.of(
            "$db", "lsid", "txnNumber", "$clusterTime", "$readPreference", "readConcern", "writeConcern", "apiVersion");

    private final Database database;
    private final int port;
    private final Map<Long, Cursor> cursors = new ConcurrentHashMap<>();

    private static final class Cursor {
        private byte[] continuation;
        private final Connection pinned;

        private Cursor(byte[] continuation, Connection pinned) {
            this.continuation = continuation;
            this.pinned = pinned;
        }
    }

    Commands(Database database, int port) {
        this.database = database;
        this.port = port;
    }

    /** Answers a command; errors are answers too. */
    byte[] run(BsonDocument command, Map<String, byte[]> sequences) {
        String name = command.getFirstKey();
        try {
            byte[] known = withoutDatabase(name);
            return known != null ? known : withDatabase(name, command, sequences);
        } catch (CommandError e) {
            return e.answer();
        } catch (SQLException e) {
            return encode(document(
                    "ok",
                    0.0,
                    "errmsg",
                    "PostgreSQL: " + e.getMessage(),
                    "code",
                    91,
                    "codeName",
                    "ShutdownInProgress"));
        }
    }

    private byte[] withoutDatabase(String name) {
        return switch (name) {
            case "hello", "isMaster", "ismaster" -> hello(name);
            case "ping", "endSessions" -> ok();
            case "buildInfo", "buildinfo" ->
                ok("version", "7.0.0", "versionArray", List.of(7, 0, 0, 0), "maxBsonObjectSize", 16777216);
            default -> null;
        };
    }

    /** A server of its own: no replica set, so drivers use no sessions, transactions or retries, which it has not. */
    private byte[] hello(String name) {
        return ok(
                "helloOk",
                true,
                name.equals("hello") ? "isWritablePrimary" : "ismaster",
                true,
                "me",
                "127.0.0.1:" + port,
                "maxBsonObjectSize",
                16777216,
                "maxMessageSizeBytes",
                48000000,
                "maxWriteBatchSize",
                100000,
                "localTime",
                new BsonDateTime(System.currentTimeMillis()),
                "minWireVersion",
                0,
                "maxWireVersion",
                21,
                "readOnly",
                false);
    }

    private byte[] withDatabase(String name, BsonDocument command, Map<String, byte[]> sequences)
            throws SQLException, CommandError {
        for (int attempt = 1; ; attempt++) {
            Connection connection = database.take();
            boolean keep = false;
            try {
                Answer answer = call(connection, name, command, sequences);
                keep = answer.pinned();
                return answer.document();
            } catch (SQLException e) {
                String state = String.valueOf(e.getSQLState());
                if (state.startsWith("08") || state.startsWith("57P")) {
                    keep = true;
                    database.drop(connection);
                    database.dropIdle();
                    throw e;
                }
                if (attempt == ATTEMPTS || !lostARace(state, String.valueOf(e.getMessage()))) {
                    throw CommandError.of(e);
                }
                pause(attempt);
            } finally {
                if (!keep) {
                    database.give(connection);
                }
            }
        }
    }

    /** There are no transactions here, so a race lost inside one command is simply run again. */
    private static boolean lostARace(String state, String message) {
        return Set.of("40001", "40P01", "55P03").contains(state)
                || state.equals("23505") && (message.contains("collections") || message.contains("pg_"))
                || state.equals("XX000") && message.contains("tuple concurrently");
    }

    private static void pause(int attempt) throws CommandError {
        try {
            Thread.sleep(5L * attempt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandError(11601, "interrupted");
        }
    }

    private record Answer(byte[] document, boolean pinned) {}

    private Answer call(Connection connection, String name, BsonDocument command, Map<String, byte[]> sequences)
            throws SQLException, CommandError {
        String db = command.getString("$db").getValue();
        BsonDocument spec = new BsonDocument(command.entrySet().stream()
                .filter(e -> !ENVELOPE.contains(e.getKey()))
                .map(e -> new BsonElement(e.getKey(), e.getValue()))
                .toList());
        return switch (name) {
            case "find" -> firstPage(connection, "find_cursor_first_page", db, spec);
            case "aggregate" -> firstPage(connection, "aggregate_cursor_first_page", db, spec);
            case "listCollections" -> firstPage(connection, "list_collections_cursor_first_page", db, spec);
            case "listIndexes" -> firstPage(connection, "list_indexes_cursor_first_page", db, spec);
            default -> new Answer(simple(connection, name, db, spec, sequences), false);
        };
    }

    private byte[] simple(
            Connection connection, String name, String db, BsonDocument spec, Map<String, byte[]> sequences)
            throws SQLException, CommandError {
        return switch (name) {
            case "insert" -> write(connection, name, db, spec, sequences.get("documents"));
            case "update" -> write(connection, name, db, spec, sequences.get("updates"));
            case "delete" -> write(connection, name, db, spec, sequences.get("deletes"));
            case "findAndModify", "findandmodify" ->
                function(connection, "p_result::bytea", "find_and_modify(?, " + SPEC + ", NULL)", db, spec);
            case "count" -> function(connection, "document::bytea", "count_query(?, " + SPEC + ")", db, spec);
            case "distinct" -> function(connection, "document::bytea", "distinct_query(?, " + SPEC + ")", db, spec);
            case "getMore" -> getMore(connection, db, spec);
            case "killCursors" -> killCursors(spec);
            case "create" -> {
                String call = "SELECT documentdb_api.create_collection_view(?, " + SPEC + ")::bytea";
                yield normal(
                        decode(Database.row(connection, call, db, encode(spec)).document()));
            }
            case "createIndexes" -> {
                spec.remove("commitQuorum");
                String call =
                        "SELECT documentdb_api_internal.create_indexes_non_concurrently(?, " + SPEC + ", true)::bytea";
                yield normal(
                        decode(Database.row(connection, call, db, encode(spec)).document()));
            }
            case "dropIndexes" -> {
                String call = "CALL documentdb_api.drop_indexes(?, " + SPEC + ", NULL)";
                yield normal(
                        decode(Database.row(connection, call, db, encode(spec)).document()));
            }
            case "drop" -> {
                String collection = spec.getString("drop").getValue();
                Database.execute(connection, "SELECT documentdb_api.drop_collection(?, ?)", db, collection);
                yield ok("ns", db + "." + collection);
            }
            case "dropDatabase" -> {
                Database.execute(connection, "SELECT documentdb_api.drop_database(?)", db);
                yield ok("dropped", db);
            }
            default -> throw new CommandError(59, "no such command: '" + name + "'");
        };
    }

    private static byte[] function(Connection connection, String column, String call, String db, BsonDocument spec)
            throws SQLException {
        return Database.row(connection, "SELECT " + column + " FROM documentdb_api." + call, db, encode(spec))
                .document();
    }

    private static byte[] write(Connection connection, String name, String db, BsonDocument spec, byte[] sequence)
            throws SQLException {
        String call = "SELECT p_result::bytea FROM documentdb_api." + name + "(?, " + SPEC
                + ", ?::bytea::documentdb_core.bsonsequence, NULL)";
        BsonDocument answer = decode(
                Database.row(connection, call, db, encode(spec), sequence).document());
        for (BsonValue error : answer.getArray("writeErrors", new BsonArray())) {
            BsonDocument e = error.asDocument();
            int code = CommandError.unpack(e.getNumber("code").intValue());
            e.append("code", new BsonInt32(code));
            if (CommandError.isDuplicateKey(code)) {
                String text = e.getString("errmsg", new BsonString("")).getValue();
                e.append("errmsg", new BsonString("E11000 duplicate key error: " + text));
            }
        }
        return encode(answer);
    }

    private Answer firstPage(Connection connection, String function, String db, BsonDocument spec) throws SQLException {
        Database.Row row = Database.row(
                connection,
                "SELECT cursorpage::bytea, continuation::bytea, persistconnection, cursorid FROM documentdb_api."
                        + function + "(?, " + SPEC + ")",
                db,
                encode(spec));
        boolean open = row.continuation() != null && row.cursor() != 0;
        boolean pinned = open && row.pinned();
        if (open) {
            cursors.put(row.cursor(), new Cursor(row.continuation(), pinned ? connection : null));
        }
        return new Answer(row.document(), pinned);
    }

    private byte[] getMore(Connection connection, String db, BsonDocument spec) throws SQLException, CommandError {
        long id = spec.getNumber("getMore").longValue();
        Cursor cursor = cursors.get(id);
        if (cursor == null) {
            throw new CommandError(43, "cursor id " + id + " not found");
        }
        Database.Row row = Database.row(
                cursor.pinned != null ? cursor.pinned : connection,
                "SELECT cursorpage::bytea, continuation::bytea, false, 0::bigint FROM"
                        + " documentdb_api.cursor_get_more(?, "
                        + SPEC + ", " + SPEC + ")",
                db,
                encode(spec),
                cursor.continuation);
        if (row.continuation() != null) {
            cursor.continuation = row.continuation();
        } else {
            forget(id);
        }
        return row.document();
    }

    private byte[] killCursors(BsonDocument spec) {
        List<Object> killed = new ArrayList<>();
        List<Object> unknown = new ArrayList<>();
        for (BsonValue value : spec.getArray("cursors")) {
            long id = value.asNumber().longValue();
            (forget(id) ? killed : unknown).add(id);
        }
        return ok(
                "cursorsKilled",
                killed,
                "cursorsNotFound",
                unknown,
                "cursorsAlive",
                List.of(),
                "cursorsUnknown",
                List.of());
    }

    private boolean forget(long id) {
        Cursor cursor = cursors.remove(id);
        if (cursor != null && cursor.pinned != null) {
            database.give(cursor.pinned);
        }
        return cursor != null;
    }

    /** An answer in MongoDB's shape: no per-shard wrapping, `ok` as a number, codes unpacked. */
    private static byte[] normal(BsonDocument answer) {
        BsonDocument flat = answer;
        if (answer.get("raw") instanceof BsonDocument raw
                && !raw.isEmpty()
                && raw.get(raw.getFirstKey()) instanceof BsonDocument inner) {
            flat = inner;
        }
        BsonValue ok = flat.get("ok");
        boolean good = ok == null
                || (ok instanceof BsonBoolean b ? b.getValue() : ok.asNumber().doubleValue() == 1);
        flat.append("ok", new BsonDouble(good ? 1 : 0));
        if (flat.containsKey("code") && flat.get("code").isNumber()) {
            int code = CommandError.unpack(flat.getNumber("code").intValue());
            flat.append("code", new BsonInt32(code)).append("codeName", new BsonString(CommandError.name(code)));
        }
        return encode(flat);
    }
}
