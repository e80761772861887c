package dev.drawbridge.mongo;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.model.port.Notices;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// [Notices] on MongoDB: a document per notice, called by a digest of it.
final class MongoNotices implements Notices {
    private final Documents notices;

    MongoNotices(MongoDatabase database) {
        notices = new Documents(database, "notices");
    }

    @Override
    public boolean first(String notice, String cause) {
        String id = digest(notice);
        String because = digest(cause);
        return notices.insert(Row.of(id).append("cause", because))
                || notices.byId(id)
                        .filter(row -> row.text("cause").equals(because))
                        .isPresent();
    }

    @Override
    public boolean written(String notice) {
        return notices.byId(digest(notice)).isPresent();
    }

    /// What stands for something that is not to be kept.
    static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
