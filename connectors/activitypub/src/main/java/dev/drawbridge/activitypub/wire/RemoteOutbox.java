package dev.drawbridge.activitypub.wire;

import dev.drawbridge.activitypub.object.Actor;
import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.activitypub.translate.ActivityPubTranslator;
import dev.drawbridge.activitypub.wire.Lookup.Found;
import dev.drawbridge.activitypub.wire.Lookup.Missing;
import dev.drawbridge.activitypub.wire.Lookup.Unavailable;
import dev.drawbridge.activitypub.wire.Lookup.Unusable;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.NativeEvent.Kind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What somebody published of late, read at their own outbox
/// ([ActivityPub §5.1](https://www.w3.org/TR/activitypub/#outbox)). Everything that counts comes from the host of the
/// actor, and however the outbox is made, only so many pages and items of it are looked at.
final class RemoteOutbox {
    static final int MOST_PAGES = 20;
    static final int MOST_ITEMS = 400;
    /// Documents that are asked for one by one because the outbox only names them, or because quotes are proven there.
    static final int MOST_FETCHES = 100;

    private static final Set<Kind> PUBLISHED = Set.of(Kind.POST, Kind.EDIT, Kind.REPOST);
    private final RemoteActors actors;
    private final RemoteDocuments documents;
    private final QuoteConfirmation quotes;
    private final MentionPages mentions;
    private final ActivityPubTranslator translator;
    private final InstantSource clock;
    private final Pace pace;

    /// Called before each request.
    @FunctionalInterface
    interface Pace {
        void next();
    }

    RemoteOutbox(
            RemoteActors actors,
            RemoteDocuments documents,
            QuoteConfirmation quotes,
            MentionPages mentions,
            ActivityPubTranslator translator,
            InstantSource clock,
            Pace pace) {
        this.actors = actors;
        this.documents = documents;
        this.quotes = quotes;
        this.mentions = mentions;
        this.translator = translator;
        this.clock = clock;
        this.pace = pace;
    }

    /// What an actor published since, the oldest first, as if it had been delivered.
    ///
    /// @return [Unavailable] if its server does not answer
    Lookup<List<NativeEvent>> since(String actor, Instant since) {
        return switch (actors.actor(actor)) {
            case Found<Actor>(Actor found) ->
                found.document()
                        .ref("outbox")
                        .filter(o -> Uris.sameOrigin(o, actor))
                        .<Lookup<List<NativeEvent>>>map(outbox -> new Reading(actor, since).from(outbox))
                        .orElseGet(() -> new Unusable<>(actor + " has no outbox on its own host"));
            case Missing<Actor> m -> m.failure();
            case Unavailable<Actor> u -> u.failure();
            case Unusable<Actor> u -> u.failure();
        };
    }

    /// One walk through one outbox.
    private final class Reading {
        private final String actor;
        private final Instant since;
        private final Set<String> visited = new HashSet<>();
        private final List<NativeEvent> events = new ArrayList<>();
        private int items;
        private int fetches;

        Reading(String actor, Instant since) {
            this.actor = actor;
            this.since = since;
        }

        Lookup<List<NativeEvent>> from(String outbox) {
            Optional<String> next = Optional.of(outbox);
            while (next.isPresent() && visited.size() < MOST_PAGES && visited.add(next.get())) {
                pace.next();
                switch (documents.document(next.get())) {
                    case Found<As2>(As2 page) -> next = read(page);
                    case Lookup<As2> failed -> {
                        return failed.failure();
                    }
                }
            }
            return new Found<>(events.reversed());
        }

        /// @return the page after it, if that may hold something of interest
        private Optional<String> read(As2 page) {
            Optional<As2> first = page.object("first");
            if (first.isPresent()) {
                return read(first.get());
            }
            boolean older = false;
            List<As2> embedded = page.objects("orderedItems");
            List<As2> listed = embedded.isEmpty() ? page.objects("items") : embedded;
            for (As2 item : listed) {
                older |= take(item);
            }
            List<String> ids = listed.isEmpty() ? page.refs("orderedItems") : List.of();
            for (String id : ids) {
                older |= fetched(id).map(this::take).orElse(false);
            }
            boolean over = older || items >= MOST_ITEMS;
            return over
                    ? Optional.empty()
                    : page.ref("first").or(() -> page.ref("next")).filter(p -> Uris.sameOrigin(p, actor));
        }

        private Optional<As2> fetched(String id) {
            return Uris.sameOrigin(id, actor) && items < MOST_ITEMS && turn()
                    ? documents.object(id).found()
                    : Optional.empty();
        }

        /// Waits until something more may be asked for.
        ///
        /// @return false if enough was asked for
        private boolean turn() {
            if (fetches >= MOST_FETCHES) {
                return false;
            }
            fetches++;
            pace.next();
            return true;
        }

        /// @return whether it is from before the time that is asked for
        private boolean take(As2 item) {
            if (items >= MOST_ITEMS) {
                return false;
            }
            items++;
            Optional<Instant> at =
                    item.instant("published").or(() -> item.object("object").flatMap(o -> o.instant("published")));
            if (at.filter(since::isAfter).isPresent()) {
                return true;
            }
            if (own(item)) {
                whole(item).flatMap(this::event).ifPresent(events::add);
            }
            return false;
        }

        /// Said by the actor, under a name of its own host.
        private boolean own(As2 item) {
            return item.ref("actor")
                            .or(() -> item.ref("attributedTo"))
                            .filter(actor::equals)
                            .isPresent()
                    && item.id().filter(id -> Uris.sameOrigin(id, actor)).isPresent();
        }

        /// With the object it only names. What is shared stays a name: it is somebody else's.
        private Optional<As2> whole(As2 item) {
            if (!item.isA("Create", "Update")) {
                return Optional.of(item);
            }
            Optional<As2> object =
                    item.object("object").or(() -> item.ref("object").flatMap(this::fetched));
            return object.filter(
                            o -> o.id().filter(id -> Uris.sameOrigin(id, actor)).isPresent())
                    .filter(o -> o.ref("attributedTo").filter(actor::equals).isPresent())
                    .filter(o -> o.instant("published").filter(since::isAfter).isEmpty())
                    .map(o -> item.with("object", o.node()));
        }

        private Optional<NativeEvent> event(As2 whole) {
            As2 activity = mentions.named(quotes.checked(whole, this::turn));
            String text = Documents.write(activity.node());
            return translator.decode(activity, text, clock.instant())
                            instanceof Translation.Translated<NativeEvent>(NativeEvent event, var _)
                    ? Optional.of(event)
                            .filter(e -> PUBLISHED.contains(e.kind()))
                            .filter(e -> e.author().value().equals(actor))
                    : Optional.empty();
        }
    }
}
