package dev.drawbridge.peers.mongo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Connections to PostgreSQL, and the calls of the extension's functions. */
final class Database {
    private static final int KEPT = 32;

    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
    private final String url;

    Database(String url) {
        this.url = url + "&prepareThreshold=1&binaryTransfer=true&tcpKeepAlive=true&ApplicationName=mongo-gateway";
    }

    /** The first row of an answer: what a function returned, by column. */
    record Row(byte[] document, byte[] continuation, boolean pinned, long cursor) {}

    Connection take() throws SQLException {
        Connection connection = idle.pollFirst();
        if (connection != null && !connection.isClosed()) {
            return connection;
        }
        connection = DriverManager.getConnection(url);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = documentdb_api_catalog, documentdb_core, public");
            statement.execute("SET client_min_messages = error");
            statement.execute("SET documentdb.useFileBasedPersistedCursors = on");
        }
        return connection;
    }

    void give(Connection connection) {
        if (idle.size() < KEPT) {
            idle.addFirst(connection);
        } else {
            drop(connection);
        }
    }

    /** Closes a connection that is of no use any more. */
    void drop(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            System.err.println("closing: " + e.getMessage());
        }
    }

    /** PostgreSQL was restarted: what is left of the connections is worthless. */
    void dropIdle() {
        for (Connection c = idle.pollFirst(); c != null; c = idle.pollFirst()) {
            drop(c);
        }
    }

    static Row row(Connection connection, String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                set(statement, i + 1, arguments[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    return new Row(null, null, false, 0);
                }
                boolean cursor = rows.getMetaData().getColumnCount() == 4;
                return new Row(
                        unhex(rows.getBytes(1)),
                        cursor ? rows.getBytes(2) : null,
                        cursor && rows.getBoolean(3),
                        cursor ? rows.getLong(4) : 0);
            }
        }
    }

    static void execute(Connection connection, String sql, String... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setString(i + 1, arguments[i]);
            }
            statement.execute();
        }
    }

    private static void set(PreparedStatement statement, int at, Object argument) throws SQLException {
        if (argument instanceof byte[] bytes) {
            statement.setBytes(at, bytes);
        } else if (argument instanceof String text) {
            statement.setString(at, text);
        } else {
            statement.setNull(at, Types.BINARY);
        }
    }

    /** A procedure's result cannot be cast to bytea; it comes as the type's own text, BSONHEX…. */
    private static byte[] unhex(byte[] bytes) {
        if (bytes == null || bytes.length < 8 || !new String(bytes, 0, 7).equals("BSONHEX")) {
            return bytes;
        }
        byte[] raw = new byte[(bytes.length - 7) / 2];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (byte) (Character.digit(bytes[7 + 2 * i], 16) << 4 | Character.digit(bytes[8 + 2 * i], 16));
        }
        return raw;
    }
}
