package dev.drawbridge.atproto.wire;

import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.sync.AccountEvent;
import dev.drawbridge.atproto.record.sync.CommitEvent;
import dev.drawbridge.atproto.record.sync.CommitVerifier;
import dev.drawbridge.atproto.record.sync.IdentityEvent;
import dev.drawbridge.atproto.record.sync.RepoSyncEvent;
import dev.drawbridge.atproto.record.sync.SyncEvent;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.port.Follows;
import dev.drawbridge.model.port.SignatureVerifier;
import dev.drawbridge.model.port.Watchlist;
import dev.drawbridge.model.spi.EventSink;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.model.spi.Translator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Decides what of a stream goes to the engine, and sees to it that it arrives there before anything else is read.
public final class NewsDesk {
    private static final Logger LOG = LoggerFactory.getLogger(NewsDesk.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// A host that nobody answers for may not hold up everybody else. The directory is another matter.
    private static final int TRIES_OF_A_HOST = 2;

    private final CommitNews news;
    private final Verification verification;
    private final People people;
    private final Translator translator;
    private final Watchlist watchlist;
    private final InstantSource clock;

    public NewsDesk(
            Translator translator,
            Watchlist watchlist,
            Follows follows,
            SignatureVerifier signatures,
            People people,
            InstantSource clock) {
        this.news = new CommitNews(translator, watchlist, follows);
        this.verification = new Verification(new CommitVerifier(signatures), people, clock);
        this.people = people;
        this.translator = translator;
        this.watchlist = watchlist;
        this.clock = clock;
    }

    /// Hands over what concerns the bridge. Returns once the engine has taken care of all of it.
    ///
    /// @return whether the engine stored anything
    /// @throws InterruptedException if it is over before that
    boolean handle(SyncEvent event, EventSink sink, Pauses pauses) throws InterruptedException {
        return switch (event) {
            case CommitEvent commit -> commit(commit, sink, pauses);
            case AccountEvent account -> account(account, sink, pauses);
            case IdentityEvent identity -> {
                people.forget(identity.did());
                yield false;
            }
            case RepoSyncEvent _ -> false;
        };
    }

    private boolean commit(CommitEvent commit, EventSink sink, Pauses pauses) throws InterruptedException {
        List<NativeEvent> events = news.of(commit, clock.instant());
        if (events.isEmpty()) {
            return false;
        }
        Optional<String> problem = problem(commit, pauses);
        if (problem.isPresent()) {
            LOG.warn("refused commit {} of {}: {}", commit.seq(), commit.did(), problem.get());
            return false;
        }
        boolean stored = false;
        for (NativeEvent event : events) {
            stored |= push(placed(event, commit.did()), sink, pauses);
        }
        return stored;
    }

    /// A profile does not say whose it is, and no record says where its files are: the handle and the host are added
    /// for the translator.
    private NativeEvent placed(NativeEvent event, Did did) {
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
            return new NativeEvent(
                    event.id(), event.author(), event.kind(), event.names(), body.toString(), event.receivedAt());
        } catch (Unavailable e) {
            LOG.info("no handle or host for {}: {}", did, e.getMessage());
            return event;
        }
    }

    private Optional<String> problem(CommitEvent commit, Pauses pauses) throws InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                return verification.problem(commit);
            } catch (Unavailable e) {
                if (!commit.did().method().equals("plc") && tries >= TRIES_OF_A_HOST) {
                    return Optional.of("its key cannot be found: " + e.getMessage());
                }
                LOG.warn("waiting for the key of {}: {}", commit.did(), e.getMessage());
                pauses.pause(e.retryAfter().orElse(PATIENCE));
            }
        }
    }

    private boolean account(AccountEvent account, EventSink sink, Pauses pauses) throws InterruptedException {
        Did did = account.did();
        people.forget(did);
        NativeId id = new NativeId(Network.ATPROTO, did.value());
        boolean deleted = account.status().equals(Optional.of(AccountEvent.DELETED));
        if (watchlist.ours(Network.ATPROTO).contains(id)
                || !(deleted || watchlist.people(Network.ATPROTO).contains(id))) {
            return false;
        }
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("did", did.value())
                .put("time", account.time().toString());
        ObjectNode status = document.putObject("account").put("active", account.active());
        account.status().ifPresent(why -> status.put("status", why));
        return translator.decode(document.toString(), clock.instant())
                        instanceof Translation.Translated<NativeEvent>(NativeEvent event, var _)
                && push(event, sink, pauses);
    }

    private static boolean push(NativeEvent event, EventSink sink, Pauses pauses) throws InterruptedException {
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
}
