package dev.drawbridge.peers.mongo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/** BSON documents and their bytes. */
final class Documents {
    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private Documents() {}

    static BsonDocument decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length);
    }

    static BsonDocument decode(byte[] bytes, int at, int length) {
        ByteBuffer part = ByteBuffer.wrap(bytes, at, length).slice().order(ByteOrder.LITTLE_ENDIAN);
        try (BsonBinaryReader reader = new BsonBinaryReader(part)) {
            return CODEC.decode(reader, DecoderContext.builder().build());
        }
    }

    static byte[] encode(BsonDocument document) {
        BasicOutputBuffer out = new BasicOutputBuffer(512);
        try (BsonBinaryWriter writer = new BsonBinaryWriter(out)) {
            CODEC.encode(writer, document, EncoderContext.builder().build());
        }
        return out.toByteArray();
    }

    /** A document of names and values in turn. */
    static BsonDocument document(Object... namesAndValues) {
        BsonDocument document = new BsonDocument();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            document.append((String) namesAndValues[i], value(namesAndValues[i + 1]));
        }
        return document;
    }

    /** A successful answer of names and values in turn. */
    static byte[] ok(Object... namesAndValues) {
        return encode(document(namesAndValues).append("ok", new BsonDouble(1)));
    }

    private static BsonValue value(Object plain) {
        if (plain instanceof BsonValue bson) {
            return bson;
        }
        if (plain instanceof Integer number) {
            return new BsonInt32(number);
        }
        if (plain instanceof Long number) {
            return new BsonInt64(number);
        }
        if (plain instanceof Double number) {
            return new BsonDouble(number);
        }
        if (plain instanceof Boolean bool) {
            return BsonBoolean.valueOf(bool);
        }
        if (plain instanceof String text) {
            return new BsonString(text);
        }
        if (plain instanceof List<?> list) {
            return new BsonArray(list.stream().map(Documents::value).toList());
        }
        return BsonNull.VALUE;
    }
}
