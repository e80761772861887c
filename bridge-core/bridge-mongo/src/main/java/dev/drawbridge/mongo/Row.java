package dev.drawbridge.mongo;

import dev.drawbridge.model.Destination;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.Binary;

/// A stored document, read strictly: a field that should be there and is not means that our own data is damaged.
///
/// Ids, destinations and networks are stored as the strings their `key()` gives. Times are ISO 8601 strings with
/// nine digits after the second, because a BSON date would cut them to milliseconds; of one length, so that they
/// sort.
///
/// @param document as the server gave it
record Row(Document document) {
    /// The field with the version of the document's layout.
    static final String VERSION = "v";

    /// The layout this code writes.
    static final int LAYOUT = 1;

    private static final DateTimeFormatter NANOSECONDS =
            new DateTimeFormatterBuilder().appendInstant(9).toFormatter();

    /// A new document with an id and the version of its layout.
    static Document of(String id) {
        return new Document("_id", id).append(VERSION, LAYOUT);
    }

    static String write(Instant time) {
        return NANOSECONDS.format(time);
    }

    /// One key of several, so that different parts never give the same key.
    static String key(String... parts) {
        StringBuilder key = new StringBuilder();
        for (String part : parts) {
            key.append(key.isEmpty() ? "" : " ").append(part.replace("%", "%25").replace(" ", "%20"));
        }
        return key.toString();
    }

    String id() {
        return text("_id");
    }

    String text(String field) {
        return optionalText(field).orElseThrow(() -> damaged(field));
    }

    Optional<String> optionalText(String field) {
        return Optional.ofNullable(document.getString(field));
    }

    Instant time(String field) {
        return Instant.parse(text(field));
    }

    NativeId nativeId(String field) {
        return NativeId.parse(text(field));
    }

    Network network(String field) {
        return new Network(text(field));
    }

    boolean flag(String field) {
        return Optional.ofNullable(document.getBoolean(field)).orElseThrow(() -> damaged(field));
    }

    /// One that older documents do not have.
    boolean flag(String field, boolean otherwise) {
        return Optional.ofNullable(document.getBoolean(field)).orElse(otherwise);
    }

    long number(String field) {
        return optionalNumber(field).orElseThrow(() -> damaged(field));
    }

    Optional<Long> optionalNumber(String field) {
        return Optional.ofNullable(document.get(field, Number.class)).map(Number::longValue);
    }

    /// One that a document does not need to have.
    long number(String field, long otherwise) {
        return Optional.ofNullable(document.get(field, Number.class))
                .map(Number::longValue)
                .orElse(otherwise);
    }

    byte[] bytes(String field) {
        return Optional.ofNullable(document.get(field, Binary.class))
                .map(Binary::getData)
                .orElseThrow(() -> damaged(field));
    }

    Row child(String field) {
        return Optional.ofNullable(document.get(field, Document.class))
                .map(Row::new)
                .orElseThrow(() -> damaged(field));
    }

    Optional<Row> optionalChild(String field) {
        return Optional.ofNullable(document.get(field, Document.class)).map(Row::new);
    }

    List<String> textsOrNone(String field) {
        return Optional.ofNullable(document.getList(field, String.class)).orElse(List.of());
    }

    List<String> texts(String field) {
        return Optional.ofNullable(document.getList(field, String.class)).orElseThrow(() -> damaged(field));
    }

    List<Row> childrenOrNone(String field) {
        return Optional.ofNullable(document.getList(field, Document.class)).orElse(List.of()).stream()
                .map(Row::new)
                .toList();
    }

    List<Row> children(String field) {
        return Optional.ofNullable(document.getList(field, Document.class)).orElseThrow(() -> damaged(field)).stream()
                .map(Row::new)
                .toList();
    }

    /// A reference whose id is in one field and whose version, if any, in another.
    ObjectRef ref(String id, String version) {
        return new ObjectRef(nativeId(id), optionalText(version));
    }

    static Destination destination(String key) {
        NativeId parts = NativeId.parse(key);
        return new Destination(parts.network(), parts.value());
    }

    private IllegalStateException damaged(String field) {
        return new IllegalStateException("stored document " + document.get("_id") + " has no " + field);
    }
}
