package dev.drawbridge.atproto.translate;

import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.syntax.AtUri;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads the forms in which one record travels as JSON: our own flat one, Jetstream's (`kind`, `commit`), and the
/// answer of `com.atproto.repo.getRecord` (`uri`, `cid`, `value`).
final class RepoDocuments {
    /// Deeper than any record, and no deeper than we may write.
    private static final int DEEPEST = 100;

    static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .build();

    static final Function<String, ObjectNode> PARSER = RepoDocuments::parse;

    private RepoDocuments() {}

    /// The document as an object.
    static ObjectNode parse(String document) {
        try {
            if (JSON.readTree(document) instanceof ObjectNode object) {
                if (holdsHalves(document, object)) {
                    throw new BadField("document", "holds half a character");
                }
                return object;
            }
            throw new BadField("document", "is not a JSON object");
        } catch (JacksonException e) {
            throw new BadField("document", "is not JSON: " + e.getOriginalMessage());
        }
    }

    /// Whether a text in it cannot be written as UTF-8, which all texts of the network are. Only an escape can say
    /// that.
    private static boolean holdsHalves(String written, JsonNode node) {
        return (written.contains("\\ud") || written.contains("\\uD"))
                && !StandardCharsets.UTF_8.newEncoder().canEncode(JSON.writeValueAsString(node));
    }

    /// @param now the time of news that carry none
    static RepoDocument read(ObjectNode document, Instant now) {
        ObjectNode flat = flatten(document);
        Did did = Fields.did(flat, "did");
        Instant time = time(flat, now);
        Optional<ObjectNode> account = Fields.optionalObject(flat, "account");
        if (account.isPresent()) {
            return account(did, account.get(), time);
        }
        if (flat.has("identity")) {
            return new RepoDocument.Identity(did, time);
        }
        Optional<ObjectNode> report = Fields.optionalObject(flat, "report");
        if (report.isPresent()) {
            return report(did, report.get(), time);
        }
        String key = Fields.string(flat, "collection") + '/' + Fields.string(flat, "rkey");
        RepoPath path = RepoPath.tryParse(key).orElseThrow(() -> new BadField("rkey", "is not a record path: " + key));
        if (operation(flat).equals("delete")) {
            String mark = Fields.optionalString(flat, "rev").orElseGet(() -> Long.toString(time.toEpochMilli()));
            return new RepoDocument.Removal(did, path, mark, time);
        }
        return write(flat, did, path, time);
    }

    private static RepoDocument write(ObjectNode flat, Did did, RepoPath path, Instant time) {
        String cid = Fields.string(flat, "cid");
        if (!Cid.hasSyntax(cid)) {
            throw new BadField("cid", "is not a content id");
        }
        return new RepoDocument.Write(
                did,
                path,
                cid,
                operation(flat).equals("update"),
                time,
                Fields.object(flat, "record"),
                Fields.optionalString(flat, "handle"),
                Fields.optionalString(flat, "pds"),
                Fields.optionalObject(flat, "threadgate"),
                Fields.optionalObject(flat, "postgate"),
                Fields.optionalObject(flat, "intents"));
    }

    private static RepoDocument account(Did did, ObjectNode account, Instant time) {
        JsonNode active = account.get("active");
        if (active == null || !active.isBoolean()) {
            throw new BadField("account.active", "is not true or false");
        }
        return new RepoDocument.Account(
                did,
                active.booleanValue(),
                Fields.optionalString(account, "status").orElse(""),
                time);
    }

    private static RepoDocument report(Did did, ObjectNode report, Instant time) {
        String subject = Fields.string(report, "subject");
        Optional<AtUri> about = AtUri.tryParse(subject).filter(uri -> uri.path().isPresent());
        Did target = about.map(uri -> uri.authority().value())
                .or(() -> Optional.of(subject))
                .flatMap(Did::tryParse)
                .orElseThrow(() -> new BadField("report.subject", "names neither a record of a DID nor a DID"));
        return new RepoDocument.Report(
                did,
                target,
                about,
                Fields.string(report, "type"),
                Fields.optionalString(report, "reason").orElse(""),
                time);
    }

    private static String operation(ObjectNode flat) {
        String operation = Fields.optionalString(flat, "operation").orElse("create");
        return switch (operation) {
            case "create", "update", "delete" -> operation;
            default -> throw new BadField("operation", "is not create, update or delete");
        };
    }

    private static Instant time(ObjectNode flat, Instant now) {
        JsonNode micros = flat.get("time_us");
        if (micros != null && micros.isIntegralNumber() && micros.canConvertToLong()) {
            return Instant.EPOCH.plus(micros.longValue(), ChronoUnit.MICROS);
        }
        return Fields.optionalString(flat, "time")
                .map(text -> Fields.instant("time", text))
                .orElse(now);
    }

    private static ObjectNode flatten(ObjectNode document) {
        ObjectNode flat = JSON.createObjectNode().setAll(document);
        Fields.optionalObject(document, "commit").ifPresent(flat::setAll);
        if (document.has("uri") && document.has("value")) {
            AtUri uri = AtUri.tryParse(Fields.string(document, "uri"))
                    .filter(u -> u.path().isPresent())
                    .orElseThrow(() -> new BadField("uri", "does not name a record"));
            flat.put("did", uri.authority().value());
            uri.path()
                    .ifPresent(path -> flat.put("collection", path.collection().value())
                            .put("rkey", path.rkey().value()));
            flat.set("record", Fields.object(document, "value"));
        }
        return flat;
    }
}
