package dev.drawbridge.atproto.translate;

import dev.drawbridge.atproto.record.syntax.RecordKey;
import dev.drawbridge.atproto.record.syntax.Tid;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Post;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;

/// Where copies live in a repository: always the same place for the same source.
final class RecordKeys {
    /// Keys of relations carry a time, like any TID, but it means nothing: an undo does not know when the relation
    /// began.
    private static final Instant RELATIONS_FROM = Instant.parse("2023-01-01T00:00:00Z");

    private static final long RELATION_SPAN_MICROS = Duration.ofDays(1024).toNanos() / 1000;

    private RecordKeys() {}

    /// The key of something that was made once: a post, a like, a repost.
    static RecordKey of(Instant made, NativeId source) {
        return of(made, source.key());
    }

    static RecordKey of(Instant made, String source) {
        return RecordKey.of(Tid.deterministic(made, source));
    }

    /// The key of a record that goes on with a post, after the one before.
    ///
    /// @param number 2 for the first one that does
    static RecordKey part(Post post, String source, int number) {
        return of(partAt(post, number), source + "#" + number);
    }

    /// When such a record was made: readers sort by it.
    static Instant partAt(Post post, int number) {
        return post.published().plusMillis(number - 1L);
    }

    /// The key of a follow or block, which an undo finds again from the two people alone.
    ///
    /// @param subject the other person as this network names them
    static RecordKey relation(NativeId author, NativeId subject) {
        ByteBuffer hash = ByteBuffer.wrap(sha256(author.key() + " > " + subject.key()));
        long micros = RELATIONS_FROM.toEpochMilli() * 1000 + Math.floorMod(hash.getLong(), RELATION_SPAN_MICROS);
        return RecordKey.of(Tid.of(micros, Math.floorMod(hash.getInt(), Tid.CLOCKS)));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
