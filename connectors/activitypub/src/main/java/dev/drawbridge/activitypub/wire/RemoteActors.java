package dev.drawbridge.activitypub.wire;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.activitypub.object.Actor;
import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.PublicKey;
import dev.drawbridge.activitypub.object.Reading;
import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.activitypub.object.signature.Generation;
import dev.drawbridge.activitypub.translate.IdentityReader;
import dev.drawbridge.activitypub.wire.Lookup.Found;
import dev.drawbridge.activitypub.wire.Lookup.Missing;
import dev.drawbridge.activitypub.wire.Lookup.Unavailable;
import dev.drawbridge.activitypub.wire.Lookup.Unusable;
import dev.drawbridge.model.spi.Claim;
import dev.drawbridge.model.spi.Testimony;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// Actors of other servers and their keys, remembered in memory only. However many requests need the same actor at
/// once, its server is asked once: some servers cannot answer while they wait for us.
public final class RemoteActors {
    private static final int MOST = 20_000;
    private static final Duration FRESH = Duration.ofHours(1);
    private static final Duration USABLE = Duration.ofHours(24);
    private static final Duration FAILED = Duration.ofMinutes(1);
    private static final Duration BETWEEN_REFRESHES = Duration.ofMinutes(1);

    private final RemoteDocuments documents;
    private final HostMemory hosts;
    private final InstantSource clock;
    private final Cache<String, Known> known =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();
    /// Owners of keys that live at an address of their own.
    private final Cache<String, String> owners =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();
    /// Whose page is where.
    private final Cache<String, String> pages =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();
    private final ConcurrentHashMap<String, CompletableFuture<Lookup<Actor>>> asking = new ConcurrentHashMap<>();

    /// Keys at an address of their own that turned out to be of no use, and until when we believe it.
    private final Cache<String, Instant> uselessKeys =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

    /// @param at when its server said so
    /// @param next when to ask again
    private record Known(Lookup<Actor> lookup, Instant at, Instant next) {}

    public RemoteActors(RemoteDocuments documents, HostMemory hosts, InstantSource clock) {
        this.documents = documents;
        this.hosts = hosts;
        this.clock = clock;
    }

    /// The actor with this id, at most an hour old; up to a day if its server does not answer.
    public Lookup<Actor> actor(String id) {
        return remembered(id).orElseGet(() -> ask(id));
    }

    /// Who shows a page as theirs, if their own server said so and it is there; nobody is asked.
    Optional<String> byPage(String page) {
        return Optional.ofNullable(pages.getIfPresent(page));
    }

    /// The key a signature names. The actor it belongs to has to list it.
    Lookup<PublicKey> key(String keyId) {
        String address = Uris.withoutFragment(keyId);
        String owner = Optional.ofNullable(owners.getIfPresent(keyId)).orElse(address);
        var actor = actor(owner);
        if (actor instanceof Found<Actor>(Actor found)) {
            return listed(found, keyId);
        }
        // Not an actor: the key itself, or a stub that only names the actor.
        return actor instanceof Unusable<Actor> && owner.equals(address) ? ownKey(keyId, address) : actor.failure();
    }

    /// The same without asking anybody; empty if somebody has to be asked.
    Optional<Lookup<PublicKey>> knownKey(String keyId) {
        String address = Uris.withoutFragment(keyId);
        String owner = Optional.ofNullable(owners.getIfPresent(keyId)).orElse(address);
        return remembered(owner).flatMap(actor -> switch (actor) {
            case Found<Actor>(Actor found) -> Optional.of(listed(found, keyId));
            case Missing<Actor> m -> Optional.of(m.failure());
            case Unusable<Actor> u -> useless(keyId) ? Optional.of(u.failure()) : Optional.empty();
            case Unavailable<Actor> _ -> Optional.empty();
        });
    }

    /// Whether the key was asked for so recently that asking again would tell nothing.
    boolean askedJustNow(String keyId) {
        String owner = Optional.ofNullable(owners.getIfPresent(keyId)).orElse(Uris.withoutFragment(keyId));
        return Optional.ofNullable(known.getIfPresent(owner))
                .filter(k -> clock.instant().isBefore(k.at().plus(BETWEEN_REFRESHES)))
                .isPresent();
    }

    /// The key again, straight from its server, because the one we know does not fit: it may have been changed. Empty
    /// if we asked only just now.
    Optional<Lookup<PublicKey>> freshKey(String keyId) {
        if (askedJustNow(keyId)) {
            return Optional.empty();
        }
        String owner = Optional.ofNullable(owners.getIfPresent(keyId)).orElse(Uris.withoutFragment(keyId));
        return Optional.of(
                switch (ask(owner)) {
                    case Found<Actor>(Actor actor) -> listed(actor, keyId);
                    case Lookup<Actor> failed -> failed.failure();
                });
    }

    /// Whether an actor says in `alsoKnownAs` that another one is the same person. Its server is asked now.
    ///
    /// @param other the id of one of ours
    public Claim claim(String id, String other) {
        changed(id);
        return switch (actor(id)) {
            case Found<Actor>(Actor actor) -> {
                boolean stays = actor.document().ref("movedTo").isEmpty();
                yield stays && actor.document().refs("alsoKnownAs").contains(other) ? Claim.MADE : Claim.MISSING;
            }
            case Unavailable<Actor> _ -> Claim.SILENT;
            case Missing<Actor> _, Unusable<Actor> _ -> Claim.MISSING;
        };
    }

    /// What an actor says about who it is. Its server is asked now; one that moved on speaks for itself no more.
    public Testimony testimony(String id) {
        changed(id);
        return switch (actor(id)) {
            case Found<Actor>(Actor actor) ->
                actor.document().ref("movedTo").isEmpty() ? IdentityReader.read(actor) : new Testimony.Nobody();
            // A page of a firewall is no word of theirs.
            case Unavailable<Actor> _, Unusable<Actor> _ -> new Testimony.Silent();
            case Missing<Actor> _ -> new Testimony.Nobody();
        };
    }

    /// Forgets what an actor looked like: it says that it changed.
    public void changed(String id) {
        known.invalidate(id);
    }

    private Lookup<PublicKey> ownKey(String keyId, String address) {
        if (useless(keyId)) {
            return new Unusable<>(address + " does not hold the key " + keyId);
        }
        var key = keyDocument(keyId, address);
        if (!(key instanceof Found)) {
            uselessKeys.put(keyId, clock.instant().plus(FAILED));
        }
        return key;
    }

    private boolean useless(String keyId) {
        return Optional.ofNullable(uselessKeys.getIfPresent(keyId))
                .filter(clock.instant()::isBefore)
                .isPresent();
    }

    private Lookup<PublicKey> keyDocument(String keyId, String address) {
        return switch (documents.document(address)) {
            case Found<As2>(As2 document) -> ownedKey(keyId, address, document);
            case Lookup<As2> failed -> failed.failure();
        };
    }

    private Lookup<PublicKey> ownedKey(String keyId, String address, As2 document) {
        var key = document.objects("publicKey").stream()
                .map(PublicKey::read)
                .flatMap(Optional::stream)
                .filter(k -> k.id().equals(keyId))
                .findFirst()
                .or(() -> PublicKey.read(document).filter(k -> k.id().equals(keyId)))
                .filter(k -> Uris.sameOrigin(k.owner(), address));
        if (key.isEmpty()) {
            return new Unusable<>(address + " does not hold the key " + keyId);
        }
        String owner = key.get().owner();
        return switch (actor(owner)) {
            case Found<Actor>(Actor actor) -> {
                var listed = listed(actor, keyId);
                if (listed instanceof Found<PublicKey>) {
                    owners.put(keyId, owner);
                }
                yield listed;
            }
            case Lookup<Actor> failed -> failed.failure();
        };
    }

    private static Lookup<PublicKey> listed(Actor actor, String keyId) {
        return actor.key(keyId)
                .filter(k -> Uris.sameOrigin(keyId, actor.id()))
                .<Lookup<PublicKey>>map(Found::new)
                .orElseGet(() -> new Unusable<>(actor.id() + " does not list the key " + keyId));
    }

    private Optional<Lookup<Actor>> remembered(String id) {
        return Optional.ofNullable(known.getIfPresent(id))
                .filter(k -> clock.instant().isBefore(k.next()))
                .map(Known::lookup);
    }

    private Lookup<Actor> ask(String id) {
        var mine = new CompletableFuture<Lookup<Actor>>();
        var other = asking.putIfAbsent(id, mine);
        if (other != null) {
            return other.join();
        }
        try {
            var answer = remember(id, read(id, documents.object(id)));
            answer.found()
                    .filter(Actor::implementsRfc9421)
                    .flatMap(actor -> Uris.authority(actor.inbox()))
                    .ifPresent(host -> hosts.learn(host, Generation.RFC9421));
            mine.complete(answer);
            return answer;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            asking.remove(id, mine);
        }
    }

    private Lookup<Actor> remember(String id, Lookup<Actor> answer) {
        var before = Optional.ofNullable(known.getIfPresent(id));
        Instant now = clock.instant();
        boolean stillUsable = answer instanceof Unavailable
                && before.filter(k -> k.lookup() instanceof Found && now.isBefore(k.at().plus(USABLE)))
                        .isPresent();
        var entry = stillUsable
                ? new Known(before.get().lookup(), before.get().at(), now.plus(FAILED))
                : new Known(answer, now, now.plus(answer instanceof Found ? FRESH : FAILED));
        known.put(id, entry);
        answer.found().ifPresent(this::rememberPage);
        return entry.lookup();
    }

    /// A page on another host could be anybody's.
    private void rememberPage(Actor actor) {
        actor.document()
                .ref("url")
                .filter(page -> !page.equals(actor.id()) && Uris.sameOrigin(page, actor.id()))
                .ifPresent(page -> pages.put(page, actor.id()));
    }

    private static Lookup<Actor> read(String id, Lookup<As2> document) {
        return switch (document) {
            case Found<As2>(As2 found) ->
                switch (Actor.read(found)) {
                    case Reading.Read<Actor>(Actor actor) ->
                        actor.id().equals(id) ? new Found<>(actor) : new Unusable<>(id + " is called " + actor.id());
                    case Reading.Unreadable<Actor>(String field, String detail) ->
                        new Unusable<>(id + ": " + field + ": " + detail);
                };
            case Missing<As2> m -> m.failure();
            case Unavailable<As2> u -> u.failure();
            case Unusable<As2> u -> u.failure();
        };
    }
}
