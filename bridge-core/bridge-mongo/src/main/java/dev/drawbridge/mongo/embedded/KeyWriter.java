package dev.drawbridge.mongo.embedded;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Writes BSON values as bytes that sort as [MongoDB compares
/// them](https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/), each ending by itself, so
/// that several make a compound key. Numbers of different types that are equal give the same bytes, a missing
/// value those of null.
final class KeyWriter {
    private static final int NULL = 0x05;
    private static final int NUMBER = 0x10;
    private static final int STRING = 0x20;
    private static final int OBJECT = 0x30;
    private static final int ARRAY = 0x40;
    private static final int BINARY = 0x50;
    private static final int OBJECT_ID = 0x60;
    private static final int BOOLEAN = 0x70;
    private static final int DATE = 0x80;
    private static final int TIMESTAMP = 0x90;
    private static final int OTHER = 0xf0;

    private static final int MORE = 0x01;
    private static final int END = 0x00;
    private static final int ESCAPED = 0xff;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(64);

    private KeyWriter() {}

    static Key key(@Nullable Object value) {
        KeyWriter writer = new KeyWriter();
        writer.write(value);
        return new Key(writer.out.toByteArray());
    }

    /// Whether keys of such values sort as the server compares them, so that ranges of keys are ranges of values.
    static boolean sorts(@Nullable Object value) {
        return value instanceof String
                || value instanceof Integer
                || value instanceof Long
                || value instanceof Double
                || value instanceof Boolean
                || value instanceof Instant
                || value instanceof ObjectId;
    }

    private void write(@Nullable Object value) {
        switch (value) {
            case null -> out.write(NULL);
            case Missing _ -> out.write(NULL);
            case Integer number -> number(number.doubleValue(), 0);
            case Long number -> number(number.doubleValue(), (int) (number - (long) number.doubleValue()));
            case Double number -> number(number, 0);
            case String text -> string(text);
            case Document document -> object(document);
            case Collection<?> elements -> array(elements);
            case BinData data -> binary(data);
            case ObjectId id -> {
                out.write(OBJECT_ID);
                out.writeBytes(id.toByteArray());
            }
            case Boolean flag -> {
                out.write(BOOLEAN);
                out.write(flag ? 1 : 0);
            }
            case Instant time -> signed(DATE, time.toEpochMilli());
            case BsonTimestamp time -> signed(TIMESTAMP, time.getValue());
            default -> {
                out.write(OTHER);
                escaped(Bson.bytes(new Document("", value)));
            }
        }
    }

    /// A double in order, and what a long has beyond it: at most half the distance between two doubles of its
    /// size.
    private void number(double value, int rest) {
        long bits = Double.doubleToLongBits(value + 0.0);
        signed(NUMBER, bits < 0 ? ~bits ^ Long.MIN_VALUE : bits);
        out.write((rest + 0x8000) >> 8);
        out.write(rest + 0x8000);
    }

    private void signed(int tag, long value) {
        out.write(tag);
        out.writeBytes(
                ByteBuffer.allocate(Long.BYTES).putLong(value ^ Long.MIN_VALUE).array());
    }

    private void string(String text) {
        out.write(STRING);
        escaped(text.getBytes(StandardCharsets.UTF_8));
    }

    private void escaped(byte[] bytes) {
        for (byte b : bytes) {
            out.write(b);
            if (b == END) {
                out.write(ESCAPED);
            }
        }
        out.write(END);
        out.write(END);
    }

    private void object(Document document) {
        out.write(OBJECT);
        document.forEach((name, value) -> {
            out.write(MORE);
            string(name);
            write(value);
        });
        out.write(END);
    }

    private void array(Collection<?> elements) {
        out.write(ARRAY);
        for (Object element : elements) {
            out.write(MORE);
            write(element);
        }
        out.write(END);
    }

    private void binary(BinData data) {
        out.write(BINARY);
        out.writeBytes(
                ByteBuffer.allocate(Integer.BYTES).putInt(data.getData().length).array());
        out.writeBytes(data.getData());
    }
}
