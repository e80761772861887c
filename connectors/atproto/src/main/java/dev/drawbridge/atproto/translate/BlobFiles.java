package dev.drawbridge.atproto.translate;

import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.model.Media;
import java.net.URI;
import java.util.HexFormat;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Where the files of a record are: the server of its author hands them out by the CID of their bytes.
///
/// @param pds the server; without it files have no address
/// @param did whose files they are
record BlobFiles(Optional<String> pds, String did) {
    static BlobFiles of(RepoDocument.Write write) {
        return new BlobFiles(write.pds(), write.did().value());
    }

    /// The address of a file in the object form `blob`, or in the form of before 2023, `{"cid", "mimeType"}`.
    Optional<URI> address(JsonNode blob) {
        String cid = cid(blob);
        return Cid.hasSyntax(cid)
                ? pds.flatMap(
                        host -> FacetReader.page(host + "/xrpc/com.atproto.sync.getBlob?did=" + did + "&cid=" + cid))
                : Optional.empty();
    }

    private static String cid(JsonNode blob) {
        return blob.path("ref").path("$link").asString(blob.path("cid").asString(""));
    }

    /// The CID of a file is the SHA-256 of its bytes, and nobody can put other bytes under it.
    Optional<Media> media(JsonNode blob, Media.Kind kind) {
        return address(blob).map(url -> {
            Media file = Cid.tryParse(cid(blob))
                    .map(cid -> Media.of(url, kind).withSha256(HexFormat.of().formatHex(cid.digest())))
                    .orElseGet(() -> Media.of(url, kind));
            String type = blob.path("mimeType").asString("");
            return type.contains("/") ? file.withMediaType(type) : file;
        });
    }
}
