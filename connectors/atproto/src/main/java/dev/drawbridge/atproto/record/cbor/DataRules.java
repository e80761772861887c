package dev.drawbridge.atproto.record.cbor;

import dev.drawbridge.atproto.record.MalformedData;

/// Rules of the data model that hold whatever the lexicon says.
///
/// Spec: [Data model](https://atproto.com/specs/data-model)
public final class DataRules {
    private DataRules() {}

    /// Checks a whole record: `$type` must be there, and everything in it must be sound.
    ///
    /// @throws MalformedData naming the rule that is broken
    public static void checkRecord(DataMap record) {
        if (record.type().isEmpty()) {
            throw new MalformedData("record without $type");
        }
        checkDeep(record);
    }

    private static void checkDeep(Data data) {
        switch (data) {
            case DataMap map -> {
                checkShape(map);
                map.fields().values().forEach(DataRules::checkDeep);
            }
            case DataList list -> list.forEach(DataRules::checkDeep);
            case Data.Text _, Data.Int _, Data.Bool _, Data.Bytes _, Data.Link _, Data.Null _ -> {}
        }
    }

    /// One object, without what is in it.
    static void checkShape(DataMap map) {
        if (!map.has("$type")) {
            return;
        }
        String type = map.text("$type").orElse("");
        if (type.isEmpty()) {
            throw new MalformedData("$type is not a non-empty string");
        }
        if (type.equals(Blob.TYPE) && Blob.tryFrom(map).isEmpty()) {
            throw new MalformedData("blob without ref, mimeType or size");
        }
    }
}
