package dev.drawbridge.peers.mongo;

import java.sql.SQLException;
import java.util.Map;
import org.postgresql.util.PSQLException;

/** An error as MongoDB reports it. */
final class CommandError extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int DUPLICATE_KEY = 11000;
    private static final int UNKNOWN = 8;

    /** The extension's SQLSTATEs and MongoDB's codes. */
    private static final Map<String, Integer> CODES = Map.ofEntries(
            Map.entry("M0001", 2),
            Map.entry("M0004", 14),
            Map.entry("M0008", 26),
            Map.entry("M0009", 27),
            Map.entry("M000F", 48),
            Map.entry("M000M", 66),
            Map.entry("M000R", 85),
            Map.entry("M000S", 86),
            Map.entry("M000U", 115),
            Map.entry("M001C", DUPLICATE_KEY),
            Map.entry("M00CO", 121),
            Map.entry("0A000", 115),
            Map.entry("22P02", 9),
            Map.entry("23505", DUPLICATE_KEY),
            Map.entry("23P01", DUPLICATE_KEY),
            Map.entry("40001", 112),
            Map.entry("40P01", 112),
            Map.entry("42P01", 26),
            Map.entry("55P03", 112),
            Map.entry("57014", 50));

    private static final Map<Integer, String> NAMES = Map.of(
            2,
            "BadValue",
            UNKNOWN,
            "UnknownError",
            26,
            "NamespaceNotFound",
            43,
            "CursorNotFound",
            59,
            "CommandNotFound",
            85,
            "IndexOptionsConflict",
            86,
            "IndexKeySpecsConflict",
            112,
            "WriteConflict",
            115,
            "CommandNotSupported",
            DUPLICATE_KEY,
            "DuplicateKey");

    private final int code;

    CommandError(int code, String message) {
        super(message);
        this.code = code;
    }

    static CommandError of(SQLException e) {
        String state = e.getSQLState() == null ? "XX000" : e.getSQLState();
        String message = e instanceof PSQLException p && p.getServerErrorMessage() != null
                ? p.getServerErrorMessage().getMessage()
                : e.getMessage();
        int code = CODES.getOrDefault(state, UNKNOWN);
        if (code == UNKNOWN) {
            System.err.println("SQLSTATE " + state + ": " + message);
        }
        return new CommandError(code, code == DUPLICATE_KEY ? "E11000 duplicate key error: " + message : message);
    }

    /** Where MongoDB has its code the extension puts an SQLSTATE, six bits a character, counted from '0'. */
    static int unpack(int code) {
        if (code < 1 << 18) {
            return code;
        }
        StringBuilder state = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            state.append((char) ('0' + (code >> 6 * i & 0x3f)));
        }
        return CODES.getOrDefault(state.toString(), UNKNOWN);
    }

    static boolean isDuplicateKey(int code) {
        return code == DUPLICATE_KEY;
    }

    static String name(int code) {
        return NAMES.getOrDefault(code, "Location" + code);
    }

    byte[] answer() {
        return Documents.encode(Documents.document(
                "ok", 0.0, "errmsg", String.valueOf(getMessage()), "code", code, "codeName", name(code)));
    }
}
