package dev.drawbridge.atproto.wire;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.block.BlockMap;
import dev.drawbridge.atproto.record.block.CarLimits;
import dev.drawbridge.atproto.record.block.CarReader;
import dev.drawbridge.atproto.record.cbor.DagCbor;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.repo.RepoOp;
import dev.drawbridge.atproto.record.sync.CommitEvent;
import dev.drawbridge.atproto.record.syntax.AtUri;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Translator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Finds in a commit what concerns the bridge: everything of people who opted in, of others what is aimed at our ghosts
/// and the end of a follow that we know.
final class CommitNews {
    private static final Logger LOG = LoggerFactory.getLogger(CommitNews.class);
    private final Translator translator;
    private final Acquaintances known;

    CommitNews(Translator translator, Acquaintances known) {
        this.translator = translator;
        this.known = known;
    }

    /// Whether a commit can concern the bridge. Looks at memory only.
    boolean mayConcern(CommitEvent commit) {
        if (known.ours(commit.did()) || commit.ops().stream().noneMatch(CommitNews::isKnown)) {
            return false;
        }
        return known.person(commit.did())
                || commit.ops().stream().anyMatch(op -> op instanceof RepoOp.Delete && isKnown(op))
                || known.namesOurs(commit.blocks());
    }

    /// The events in a commit that is not verified yet, in its order.
    List<NativeEvent> of(CommitEvent commit, Instant now) {
        if (known.ours(commit.did())) {
            return List.of();
        }
        boolean person = known.person(commit.did());
        try {
            BlockMap blocks = CarReader.read(commit.blocks(), CarLimits.COMMIT).blocks();
            List<NativeEvent> events = new ArrayList<>();
            for (RepoOp op : commit.ops()) {
                if (isKnown(op)) {
                    event(commit, op, blocks, now)
                            .filter(event -> person || known.concerns(event))
                            .ifPresent(events::add);
                }
            }
            return events;
        } catch (MalformedData e) {
            LOG.info("malformed commit {} of {}: {}", commit.seq(), commit.did(), e.getMessage());
            return List.of();
        }
    }

    private static boolean isKnown(RepoOp op) {
        return Newsroom.COLLECTIONS.contains(op.path().collection().value());
    }

    private Optional<NativeEvent> event(CommitEvent commit, RepoOp op, BlockMap blocks, Instant now) {
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("did", commit.did().value())
                .put("collection", op.path().collection().value())
                .put("rkey", op.path().rkey().value())
                .put("operation", operation(op))
                .put("rev", commit.rev().value())
                .put("time", commit.time().toString());
        op.cid()
                .ifPresent(cid -> document.put("cid", cid.toString())
                        .set(
                                "record",
                                DataJson.toNode(DagCbor.decodeMap(
                                        blocks.get(cid).orElseThrow(() -> new MalformedData("record is missing"))))));
        return switch (translator.decode(document.toString(), now)) {
            case Translation.Translated<NativeEvent>(NativeEvent event, var _) -> Optional.of(event);
            case Translation.Skipped<NativeEvent> _ -> Optional.empty();
            case Translation.Malformed<NativeEvent>(String field, String detail) -> {
                LOG.debug("malformed record {}: {} {}", AtUri.of(commit.did(), op.path()), field, detail);
                yield Optional.empty();
            }
        };
    }

    private static String operation(RepoOp op) {
        return switch (op) {
            case RepoOp.Create _ -> "create";
            case RepoOp.Update _ -> "update";
            case RepoOp.Delete _ -> "delete";
        };
    }
}
