package dev.drawbridge.atproto.wire;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.cbor.DataMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a host lists of a collection at once. Some clients write what is not of the data model, numbers with fractions
/// for instance: such a record is passed over, and the others stand.
///
/// Spec: lexicon `com.atproto.repo.listRecords`
///
/// @param records those that are of the data model
/// @param cursor what to ask for the next page with; empty if this is the last
/// @param whole whether none was passed over
record RecordPage(List<DataMap> records, Optional<String> cursor, boolean whole) {
    private static final JsonMapper JSON = JsonMapper.shared();

    RecordPage {
        records = List.copyOf(records);
    }

    /// @return empty if it is no page of records
    static Optional<RecordPage> read(byte[] answer) {
        JsonNode root;
        try {
            root = JSON.readTree(answer);
        } catch (JacksonException e) {
            return Optional.empty();
        }
        JsonNode listed = root.path("records");
        if (!listed.isArray()) {
            return Optional.empty();
        }
        List<DataMap> records = new ArrayList<>();
        listed.forEach(item -> record(item).ifPresent(records::add));
        JsonNode cursor = root.path("cursor");
        return Optional.of(new RecordPage(
                records,
                cursor.isString() ? Optional.of(cursor.stringValue()) : Optional.empty(),
                records.size() == listed.size()));
    }

    private static Optional<DataMap> record(JsonNode item) {
        try {
            return Optional.of(DataJson.map(item));
        } catch (MalformedData e) {
            return Optional.empty();
        }
    }
}
