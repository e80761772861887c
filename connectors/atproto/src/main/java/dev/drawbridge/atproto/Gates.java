package dev.drawbridge.atproto;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.atproto.record.cbor.DataList;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.repo.RepoWrite;
import dev.drawbridge.atproto.record.syntax.AtUri;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Nsid;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.store.Account;
import dev.drawbridge.atproto.store.PdsStore;
import dev.drawbridge.atproto.translate.AtprotoTranslator;
import dev.drawbridge.atproto.wire.ListMembers;
import dev.drawbridge.atproto.wire.RecordFetcher;
import dev.drawbridge.atproto.wire.Unavailable;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Follows;
import dev.drawbridge.model.spi.DeliveryOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the authors of posts on this network whether a ghost may answer or quote them: their thread gates and post
/// gates, as their host proves them, just before the ghost does. The engine knows only what people said who opted in,
/// and only what they said first.
///
/// Spec: lexicons `app.bsky.feed.threadgate`, `app.bsky.feed.postgate`
final class Gates {
    private static final Logger LOG = LoggerFactory.getLogger(Gates.class);
    private static final String POST = "app.bsky.feed.post";
    private static final Nsid THREADGATE = new Nsid("app.bsky.feed.threadgate");
    private static final Nsid POSTGATE = new Nsid("app.bsky.feed.postgate");
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration LATER = Duration.ofMinutes(1);

    /// How long after it was written an answer waits for a host that does not tell.
    private static final Duration PATIENCE = Duration.ofHours(1);

    private static final int REMEMBERED = 10_000;

    private final PdsStore store;
    private final RecordFetcher fetcher;
    private final ListMembers lists;
    private final Follows follows;
    private final InstantSource clock;
    private final Cache<AtUri, Known> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    private record Known(Optional<DataMap> record, Instant until) {}

    Gates(PdsStore store, RecordFetcher fetcher, ListMembers lists, Follows follows, InstantSource clock) {
        this.store = store;
        this.fetcher = fetcher;
        this.lists = lists;
        this.follows = follows;
        this.clock = clock;
    }

    /// Where the gates of a post lie, if it has any. They go when it goes.
    static List<RepoPath> of(RepoPath record) {
        return record.collection().value().equals(POST)
                ? List.of(new RepoPath(THREADGATE, record.rkey()), new RepoPath(POSTGATE, record.rkey()))
                : List.of();
    }

    /// What keeps new posts of a ghost from being written; empty if nothing does. A post that is there stays.
    Optional<DeliveryOutcome> objection(Account ghost, List<RepoWrite> writes) {
        // What takes the place of a post, under its key or another, corrects it.
        boolean corrects = writes.stream()
                .filter(write -> write.path().collection().value().equals(POST))
                .anyMatch(write ->
                        store.archive().record(ghost.did(), write.path()).isPresent());
        return corrects
                ? Optional.empty()
                : writes.stream()
                        .filter(RepoWrite.Put.class::isInstance)
                        .map(RepoWrite.Put.class::cast)
                        .filter(put -> put.path().collection().value().equals(POST))
                        .flatMap(put -> objection(ghost, put.record()).stream())
                        .findFirst();
    }

    private Optional<DeliveryOutcome> objection(Account ghost, DataMap post) {
        try {
            return answering(ghost, post).or(() -> quoting(post)).map(DeliveryOutcome.Refused::new);
        } catch (Unavailable e) {
            LOG.info("no gate for what {} says: {}", ghost.did(), e.getMessage());
            return Optional.of(
                    isYoung(post)
                            ? DeliveryOutcome.Retry.notAsked(LATER, "the other's host does not say who may answer")
                            : new DeliveryOutcome.Refused("the other's host does not say who may answer"));
        }
    }

    private boolean isYoung(DataMap post) {
        try {
            return post.text("createdAt")
                    .map(Instant::parse)
                    .filter(made -> clock.instant().isBefore(made.plus(PATIENCE)))
                    .isPresent();
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private Optional<String> answering(Account ghost, DataMap post) {
        Optional<AtUri> root = post.map("reply")
                .flatMap(reply -> reply.map("root"))
                .flatMap(Gates::uri)
                .filter(this::isElsewhere);
        Optional<DataMap> gate = root.flatMap(of -> gate(THREADGATE, of));
        Optional<List<DataMap>> allowed = gate.flatMap(found -> maps(found, "allow"));
        if (allowed.isEmpty() || allowed.get().stream().anyMatch(rule -> admits(rule, root.orElseThrow(), ghost))) {
            return Optional.empty();
        }
        List<String> whom = allowed.get().stream().flatMap(Gates::named).toList();
        return Optional.of(
                whom.isEmpty()
                        ? "the author lets nobody answer here"
                        : "the author lets only " + String.join(" and ", whom) + " answer here");
    }

    private static Stream<String> named(DataMap rule) {
        return switch (rule.type().orElse("")) {
            case "app.bsky.feed.threadgate#mentionRule" -> Stream.of("people who are mentioned");
            case "app.bsky.feed.threadgate#followerRule" -> Stream.of("their followers");
            case "app.bsky.feed.threadgate#followingRule" -> Stream.of("people they follow");
            case "app.bsky.feed.threadgate#listRule" -> Stream.of("people on a list");
            default -> Stream.empty();
        };
    }

    private boolean admits(DataMap rule, AtUri root, Account ghost) {
        NativeId author = new NativeId(Network.ATPROTO, root.authority().value());
        return switch (rule.type().orElse("")) {
            case "app.bsky.feed.threadgate#mentionRule" ->
                record(root).filter(post -> mentions(post, ghost.did())).isPresent();
            case "app.bsky.feed.threadgate#followerRule" ->
                store.archive()
                        .record(ghost.did(), AtprotoTranslator.follow(ghost.origin(), author))
                        .isPresent();
            case "app.bsky.feed.threadgate#followingRule" ->
                follows.find(author, ghost.origin())
                        .filter(Follows.Edge::active)
                        .isPresent();
            case "app.bsky.feed.threadgate#listRule" ->
                rule.text("list")
                        .flatMap(AtUri::tryParse)
                        .filter(list -> lists.holds(list, ghost.did()))
                        .isPresent();
            default -> false;
        };
    }

    private static boolean mentions(DataMap post, Did person) {
        return maps(post, "facets").stream()
                .flatMap(List::stream)
                .flatMap(facet -> maps(facet, "features").stream().flatMap(List::stream))
                .anyMatch(feature -> feature.text("did").equals(Optional.of(person.value())));
    }

    private Optional<String> quoting(DataMap post) {
        return post.map("embed")
                .flatMap(embed -> embed.map("record"))
                .map(record -> record.map("record").orElse(record))
                .flatMap(Gates::uri)
                .filter(this::isElsewhere)
                .flatMap(quoted -> gate(POSTGATE, quoted))
                .flatMap(gate -> maps(gate, "embeddingRules"))
                .filter(rules -> rules.stream()
                        .anyMatch(rule -> rule.type().equals(Optional.of("app.bsky.feed.postgate#disableRule"))))
                .map(_ -> "the author does not want it to be quoted");
    }

    private static Optional<AtUri> uri(DataMap ref) {
        return ref.text("uri").flatMap(AtUri::tryParse);
    }

    /// Whether it is a post of somebody who lives here only as everybody does.
    private boolean isElsewhere(AtUri post) {
        return post.path()
                        .filter(path -> path.collection().value().equals(POST))
                        .isPresent()
                && post.did()
                        .filter(did -> store.accounts().byDid(did).isEmpty())
                        .isPresent();
    }

    /// The gate of a post: it lies beside it under the same key, and says which post it is for.
    private Optional<DataMap> gate(Nsid collection, AtUri post) {
        RepoPath beside = new RepoPath(collection, post.path().orElseThrow().rkey());
        return record(AtUri.of(post.did().orElseThrow(), beside))
                .filter(gate -> gate.text("post").equals(Optional.of(post.toString())));
    }

    private Optional<DataMap> record(AtUri at) {
        Instant now = clock.instant();
        Known before = known.getIfPresent(at);
        if (before != null && now.isBefore(before.until)) {
            return before.record;
        }
        try {
            Optional<DataMap> record = fetcher.fetch(
                            at.did().orElseThrow(), at.path().orElseThrow())
                    .map(RecordFetcher.Fetched::value);
            known.put(at, new Known(record, now.plus(FRESH)));
            return record;
        } catch (Unavailable e) {
            if (before != null) {
                return before.record;
            }
            throw e;
        }
    }

    private static Optional<List<DataMap>> maps(DataMap in, String field) {
        return in.get(field)
                .filter(DataList.class::isInstance)
                .map(list -> ((DataList) list)
                        .items().stream()
                                .filter(DataMap.class::isInstance)
                                .map(DataMap.class::cast)
                                .toList());
    }
}
