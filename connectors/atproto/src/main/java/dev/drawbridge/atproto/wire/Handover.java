package dev.drawbridge.atproto.wire;

import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Nsid;
import dev.drawbridge.atproto.record.syntax.RecordKey;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.model.spi.EventSink;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Gives news to the engine.
final class Handover {
    private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

    private static final String PROFILE = "app.bsky.actor.profile";
    private static final RepoPath INTENTS = RepoPath.parse("org.user-intents.declaration/self");
    private static final List<String> GATES = List.of("threadgate", "postgate");

    private final People people;
    private final RecordFetcher fetcher;

    Handover(People people, RecordFetcher fetcher) {
        this.people = people;
        this.fetcher = fetcher;
    }

    /// Gives something to the engine until it has taken care of it.
    ///
    /// @return whether the engine stored it
    boolean push(NativeEvent event, EventSink sink, Pauses pauses) throws InterruptedException {
        while (true) {
            switch (sink.accept(event)) {
                case Receipt.Accepted _ -> {
                    return true;
                }
                case Receipt.Ignored(String reason) -> {
                    LOG.debug("ignored {}: {}", event.id(), reason);
                    return false;
                }
                case Receipt.Busy(Duration after) -> pauses.pause(after);
            }
        }
    }

    /// Whether the engine only counts something if a stranger does it: nobody has to find out whether it is true.
    static boolean isOnlyCounted(NativeEvent event) {
        return switch (event.kind()) {
            case POST, EDIT, REACTION, REPOST -> true;
            default -> false;
        };
    }

    /// Something that is not known to be true, as it is counted: should its author opt in this very moment, nothing of
    /// it can be carried.
    static NativeEvent toCount(NativeEvent event) {
        return event.saying("{}");
    }

    /// A profile does not say whose it is nor what its owner declares elsewhere, and no record says where its files are
    /// or who may answer it: the handle, the declaration, the host and the gates are added for the translator.
    NativeEvent placed(NativeEvent event, Did did) {
        boolean profile = event.kind() == NativeEvent.Kind.PROFILE;
        boolean post = event.kind() == NativeEvent.Kind.POST || event.kind() == NativeEvent.Kind.EDIT;
        if (!profile && !post) {
            return event;
        }
        try {
            Optional<DidDocument> document = people.document(did);
            ObjectNode body =
                    (ObjectNode) JsonMapper.shared().readTree(event.body().text());
            if (profile) {
                document.flatMap(people::handle).ifPresent(handle -> body.put("handle", handle.value()));
            }
            document.flatMap(DidDocument::pds).ifPresent(pds -> body.put("pds", pds.toString()));
            if (post) {
                gates(did, RecordKey.tryParse(body.path("rkey").asString("")), body);
            }
            if (body.path("collection").asString("").equals(PROFILE)) {
                intents(did, body);
            }
            return event.saying(body.toString());
        } catch (Unavailable e) {
            LOG.info("no handle or host for {}: {}", did, e.getMessage());
            return event;
        }
    }

    /// Without it now, what was heard of it before stands.
    private void intents(Did did, ObjectNode body) {
        try {
            fetcher.fetch(did, INTENTS).ifPresent(found -> body.set("intents", DataJson.toNode(found.value())));
        } catch (Unavailable e) {
            LOG.info("nobody can tell what {} declares: {}", did, e.getMessage());
        }
    }

    /// They are asked once more before anybody answers: without them now, others are only told later.
    private void gates(Did did, Optional<RecordKey> rkey, ObjectNode body) {
        try {
            for (String gate : GATES) {
                rkey.flatMap(key -> fetcher.fetch(did, new RepoPath(new Nsid("app.bsky.feed." + gate), key)))
                        .ifPresent(found -> body.set(gate, DataJson.toNode(found.value())));
            }
        } catch (Unavailable e) {
            LOG.info("no gates for {} of {}: {}", rkey, did, e.getMessage());
        }
    }
}
