package dev.drawbridge.atproto.wire;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.repo.RecordProof;
import dev.drawbridge.atproto.record.syntax.AtUri;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.EventSink;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Translator;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Decides what of a Jetstream goes to the engine. Nothing in it is signed: what somebody wrote is fetched from their
/// host with proof and handed over as it is there; what they took back has to be gone there.
public final class JetstreamDesk {
    private static final Logger LOG = LoggerFactory.getLogger(JetstreamDesk.class);
    private static final byte[] DELETE = "\"delete\"".getBytes(StandardCharsets.US_ASCII);
    private static final String REMOVED = "delete";

    private final Translator translator;
    private final Acquaintances known;
    private final People people;
    private final RecordFetcher fetcher;
    private final Asking asking;
    private final AccountNews accounts;
    private final Handover handover;
    private final InstantSource clock;

    public JetstreamDesk(Newsroom room) {
        this.translator = room.translator();
        this.known = room.known();
        this.people = room.people();
        this.fetcher = new RecordFetcher(room.people(), room.hosts(), room.signatures());
        this.asking = room.asking();
        this.accounts = room.accounts();
        this.handover = room.handover();
        this.clock = room.clock();
    }

    /// Whether an event can concern the bridge. Looks at memory only; who says yes may find out otherwise.
    boolean concerns(JetstreamEvent.Head head, byte[] json) {
        return switch (head.kind()) {
            case "commit" ->
                !known.ours(head.did()) && (known.person(head.did()) || isRemoval(json) || known.namesOurs(json));
            case "account", "identity" -> true;
            default -> false;
        };
    }

    boolean isStranger(Did did) {
        return !known.person(did);
    }

    /// Hands over what concerns the bridge. Returns once the engine has taken care of it.
    ///
    /// @param said reads all of the event
    /// @return whether the engine stored anything
    /// @throws InterruptedException if it is over before that
    boolean handle(JetstreamEvent.Head head, Supplier<JsonNode> said, EventSink sink, Pauses pauses)
            throws InterruptedException {
        try {
            JsonNode event = said.get();
            return switch (head.kind()) {
                case "commit" -> commit(head, event, sink, pauses);
                case "account" -> account(head, event.path("account"), sink, pauses);
                default -> {
                    people.forget(head.did());
                    yield false;
                }
            };
        } catch (MalformedData e) {
            LOG.info("refused what {} is said to have done: {}", head.did(), e.getMessage());
            return false;
        } catch (Unavailable e) {
            LOG.warn("what {} is said to have done cannot be proven: {}", head.did(), e.getMessage());
            return false;
        }
    }

    private boolean account(JetstreamEvent.Head head, JsonNode account, EventSink sink, Pauses pauses)
            throws InterruptedException {
        if (!account.path("active").isBoolean()) {
            throw new MalformedData("an account that is neither active nor not");
        }
        Optional<String> status =
                Optional.of(account.path("status").asString("")).filter(why -> !why.isEmpty());
        Instant time = Instant.EPOCH.plus(head.position(), ChronoUnit.MICROS);
        return accounts.handle(head.did(), time, account.path("active").booleanValue(), status, sink, pauses);
    }

    private boolean commit(JetstreamEvent.Head head, JsonNode event, EventSink sink, Pauses pauses)
            throws InterruptedException {
        Optional<JetstreamEvent.Change> change = JetstreamEvent.change(event)
                .filter(c -> Newsroom.COLLECTIONS.contains(c.path().collection().value()));
        Optional<NativeEvent> said = change.flatMap(c -> decoded(event.toString()));
        boolean stranger = isStranger(head.did());
        if (said.isEmpty() || known.ours(head.did()) || (stranger && !known.concerns(said.get()))) {
            return false;
        }
        if (stranger && Handover.isOnlyCounted(said.get())) {
            return handover.push(Handover.toCount(said.get()), sink, pauses);
        }
        Optional<NativeEvent> proven = proven(head, change.get(), said.get(), stranger, pauses);
        return proven.isPresent() && handover.push(handover.placed(proven.get(), head.did()), sink, pauses);
    }

    /// The event as the author's host proves it.
    private Optional<NativeEvent> proven(
            JetstreamEvent.Head head, JetstreamEvent.Change change, NativeEvent said, boolean stranger, Pauses pauses)
            throws InterruptedException {
        asking.document(head.did(), stranger, pauses);
        Optional<RecordProof.Found> found = asking.host(
                        stranger, pauses, () -> fetcher.prove(head.did(), change.path()))
                .flatMap(RecordProof::record);
        if (change.operation().equals(REMOVED)) {
            if (found.isPresent()) {
                LOG.info("not removed: {} is where it was", AtUri.of(head.did(), change.path()));
            }
            return found.isPresent() ? Optional.empty() : Optional.of(said);
        }
        if (found.isEmpty()) {
            LOG.info("not carried: {} is not there", AtUri.of(head.did(), change.path()));
        }
        return found.flatMap(record -> decoded(document(head, change, record)))
                .filter(event -> !stranger || known.concerns(event));
    }

    private Optional<NativeEvent> decoded(String document) {
        return translator.decode(document, clock.instant())
                        instanceof Translation.Translated<NativeEvent>(NativeEvent event, var _)
                ? Optional.of(event)
                : Optional.empty();
    }

    /// The version that is there, which may be a later one than the one that was announced.
    private static String document(JetstreamEvent.Head head, JetstreamEvent.Change change, RecordProof.Found record) {
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("did", head.did().value())
                .put("time_us", head.position())
                .put("collection", change.path().collection().value())
                .put("rkey", change.path().rkey().value())
                .put("operation", change.operation())
                .put("cid", record.cid().toString());
        change.rev().ifPresent(rev -> document.put("rev", rev));
        return document.set("record", DataJson.toNode(record.value())).toString();
    }

    private static boolean isRemoval(byte[] json) {
        for (int at = 0; at <= json.length - DELETE.length; at++) {
            if (java.util.Arrays.equals(json, at, at + DELETE.length, DELETE, 0, DELETE.length)) {
                return true;
            }
        }
        return false;
    }
}
