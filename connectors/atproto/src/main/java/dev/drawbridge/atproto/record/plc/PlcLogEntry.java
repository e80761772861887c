package dev.drawbridge.atproto.record.plc;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.syntax.Did;
import java.time.DateTimeException;
import java.time.Instant;

/// One line of a directory's audit log.
///
/// @param cid what the directory says the operation's CID is
/// @param nullified whether the directory says that a more powerful key took it back
/// @param createdAt when the directory took it
public record PlcLogEntry(Did did, SignedPlcOperation operation, Cid cid, boolean nullified, Instant createdAt) {
    /// Reads the JSON form.
    ///
    /// @throws MalformedData if a field is missing or wrong
    public static PlcLogEntry parse(DataMap json) {
        try {
            return new PlcLogEntry(
                    json.text("did").flatMap(Did::tryParse).orElseThrow(() -> wrong("did")),
                    SignedPlcOperation.parse(json.map("operation").orElseThrow(() -> wrong("operation"))),
                    Cid.parse(json.text("cid").orElseThrow(() -> wrong("cid"))),
                    json.bool("nullified").orElseThrow(() -> wrong("nullified")),
                    Instant.parse(json.text("createdAt").orElseThrow(() -> wrong("createdAt"))));
        } catch (DateTimeException e) {
            throw new MalformedData("did:plc log: createdAt", e);
        }
    }

    private static MalformedData wrong(String field) {
        return new MalformedData("did:plc log: " + field);
    }
}
