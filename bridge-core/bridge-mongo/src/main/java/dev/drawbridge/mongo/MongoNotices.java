package dev.drawbridge.mongo;

import static com.mongodb.client.model.Filters.lte;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.model.port.Notices;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.bson.Document;

/// [Notices] on MongoDB: a document per notice, called by a digest of it.
final class MongoNotices implements Notices {
    static final List<Index> INDEXES = List.of(Index.of("notices", "until"));

    private final Documents notices;

    MongoNotices(MongoDatabase database) {
        notices = new Documents(database, "notices");
    }

    @Override
    public boolean first(String notice, String cause) {
        return first(Row.of(digest(notice)).append("cause", digest(cause)));
    }

    @Override
    public boolean first(String notice, String cause, Instant until) {
        return first(Row.of(digest(notice)).append("cause", digest(cause)).append("until", Row.write(until)));
    }

    @Override
    public boolean once(String notice) {
        return notices.insert(Row.of(digest(notice)).append("cause", ""));
    }

    private boolean first(Document notice) {
        return notices.insert(notice)
                || notices.byId(notice.getString("_id"))
                        .filter(row -> row.text("cause").equals(notice.getString("cause")))
                        .isPresent();
    }

    @Override
    public long forget(Instant now) {
        return notices.delete(lte("until", Row.write(now)));
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
