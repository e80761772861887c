package dev.drawbridge.nostr;

import dev.drawbridge.model.Destination;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.nostr.dm.GiftWraps;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.EventReader;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.RelayUrl;
import dev.drawbridge.nostr.event.Tag;
import dev.drawbridge.nostr.event.UnsignedEvent;
import dev.drawbridge.nostr.store.NostrStore;
import dev.drawbridge.nostr.store.Presentation;
import dev.drawbridge.nostr.wire.Announcements;
import dev.drawbridge.nostr.wire.Inboxes;
import dev.drawbridge.nostr.wire.Publisher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/// Delivers drafts: to our own relay by storing them, to others by publishing them. What takes something back goes to
/// the relays that have it, wherever it is delivered to.
final class NostrDelivery {
    private static final String OWN = "own";
    private static final String INBOX = "inbox ";
    private static final String MAILBOX = "mailbox ";
    private static final Duration UNTIL_LISTS_ARE_READ = Duration.ofMinutes(1);

    private final NostrStore store;
    private final Voice voice;
    private final Publisher publisher;
    private final Inboxes inboxes;
    private final Announcements announcements;
    private final GhostPins pins;
    private final NostrSettings settings;
    private final Mail mail;

    NostrDelivery(
            NostrStore store,
            Voice voice,
            Publisher publisher,
            Inboxes inboxes,
            Announcements announcements,
            NostrSettings settings,
            Mail mail) {
        this.store = store;
        this.voice = voice;
        this.publisher = publisher;
        this.inboxes = inboxes;
        this.announcements = announcements;
        this.pins = new GhostPins(store.events());
        this.settings = settings;
        this.mail = mail;
    }

    /// Our own relay as somebody who reads there is found.
    static Destination own() {
        return new Destination(Network.NOSTR, OWN);
    }

    /// Our own relay as the place of one author: what they say waits for nobody else's to be stored.
    static Destination own(NativeId author) {
        return new Destination(Network.NOSTR, OWN + ' ' + author.key());
    }

    /// Every relay where a person reads, whichever these are when something is delivered.
    static Destination inbox(PublicKey person) {
        return new Destination(Network.NOSTR, INBOX + person.hex());
    }

    /// The relays that somebody names for messages ([NIP-17](https://nips.nostr.com/17)); empty if they name none: then
    /// nobody is to write to them.
    Optional<Destination> mailbox(PublicKey stranger) {
        return mail.isTakenBy(stranger)
                ? Optional.of(new Destination(Network.NOSTR, MAILBOX + stranger.hex()))
                : Optional.empty();
    }

    static Destination relay(RelayUrl url) {
        return new Destination(Network.NOSTR, url.value());
    }

    static boolean isInbox(Destination destination) {
        return destination.network().equals(Network.NOSTR)
                && destination.address().startsWith(INBOX);
    }

    private static boolean isOwn(Destination destination) {
        return destination.address().equals(OWN) || destination.address().startsWith(OWN + ' ');
    }

    /// @throws IllegalArgumentException if the draft or the destination is not one of ours
    DeliveryOutcome deliver(NativeDraft draft, Destination destination) {
        Presentation ghost = ghost(draft);
        boolean own = isOwn(destination);
        List<Event> events = new ArrayList<>();
        for (String document : draft.documents()) {
            UnsignedEvent said = read(document);
            if (!said.pubkey().equals(ghost.key())) {
                throw new IllegalArgumentException("a draft of " + ghost.key() + " speaks for " + said.pubkey());
            }
            if (said.kind() == Kind.MESSAGE) {
                return letter(ghost, said, draft, destination.address().startsWith(MAILBOX));
            }
            events.addAll(events(ghost, said, own));
        }
        if (!isInbox(destination)) {
            announcements.announce(events);
        }
        if (own) {
            events.forEach(voice::keep);
            unpin(ghost, events, draft);
            return leaves(events) ? publish(events, draft, Set.of()) : new DeliveryOutcome.Delivered(draft.copy());
        }
        return isInbox(destination) ? toInbox(events, draft, destination) : toRelay(events, draft, destination);
    }

    /// A letter goes to where its reader takes letters, by itself: nobody else's waits behind it.
    private DeliveryOutcome letter(Presentation bot, UnsignedEvent letter, NativeDraft draft, boolean toStranger) {
        Optional<PublicKey> reader = letter.tags().stream()
                .filter(tag -> tag.is("p"))
                .findFirst()
                .flatMap(tag -> PublicKey.tryParse(tag.value()));
        if (reader.isEmpty() || !bot.bot()) {
            throw new IllegalArgumentException("not a letter of a bot: " + letter.id());
        }
        var from = new GiftWraps.Own(bot.key(), bot.keyRef());
        if (toStranger) {
            mail.sendToStranger(letter, from, reader.get());
        } else {
            mail.send(letter, from, reader.get());
        }
        return new DeliveryOutcome.Delivered(draft.copy());
    }

    private Presentation ghost(NativeDraft draft) {
        return draft.ghost()
                .flatMap(g -> PublicKey.tryParse(g.value()))
                .flatMap(store.presentations()::byKey)
                .orElseThrow(() -> new IllegalArgumentException("nobody of ours says it: " + draft.ghost()));
    }

    private static UnsignedEvent read(String document) {
        return EventReader.readDraft(document)
                .found()
                .map(Event::unsigned)
                .orElseThrow(() -> new IllegalArgumentException("not a draft of ours: " + document));
    }

    private List<Event> events(Presentation ghost, UnsignedEvent said, boolean own) {
        if (Kind.isReplaceable(said.kind())) {
            // Lists are made of what is true now; a profile is as old as its draft.
            boolean last = said.kind() == Kind.PINS || (own && said.kind() == Kind.FOLLOWS);
            Event settled = voice.settle(ghost, said.kind() == Kind.PINS ? pins.whole(said) : said, last);
            return said.kind() == Kind.PROFILE ? withRelayList(ghost, settled) : List.of(settled);
        }
        boolean erases = said.kind() == Kind.VANISH
                || (said.kind() == Kind.DELETION && said.tags().stream().anyMatch(t -> t.is("a")));
        return List.of(voice.sign(ghost, erases ? voice.afterEverything(said) : said));
    }

    /// What was taken back is not put first any more; what was said anew stands where it stood.
    private void unpin(Presentation ghost, List<Event> events, NativeDraft draft) {
        Optional<EventId> instead = draft.copy().flatMap(c -> EventId.tryParse(c.id().value()));
        events.stream()
                .filter(event -> event.kind() == Kind.DELETION)
                .flatMap(event -> pins.without(erased(event), instead, event.unsigned()).stream())
                .forEach(list -> voice.settle(ghost, list, true));
    }

    private List<Event> withRelayList(Presentation ghost, Event profile) {
        List<Event> both = new ArrayList<>(List.of(profile));
        store.events().at(Kind.RELAY_LIST + ":" + ghost.key().hex() + ":").ifPresent(both::add);
        return both;
    }

    private DeliveryOutcome toInbox(List<Event> events, NativeDraft draft, Destination destination) {
        String hex = destination.address().substring(INBOX.length());
        PublicKey reader = PublicKey.tryParse(hex)
                .orElseThrow(() -> new IllegalArgumentException("not a destination of ours: " + destination));
        Set<RelayUrl> places = new TreeSet<>(inboxes.of(reader));
        if (places.isEmpty() && !events.stream().allMatch(NostrDelivery::takesBack)) {
            return inboxes.open(reader)
                    ? new DeliveryOutcome.Retry(
                            Optional.of(UNTIL_LISTS_ARE_READ), "it is not known yet where " + reader + " reads")
                    : new DeliveryOutcome.Refused(reader + " left the bridge");
        }
        return publish(events, draft, places);
    }

    private DeliveryOutcome toRelay(List<Event> events, NativeDraft draft, Destination destination) {
        Optional<RelayUrl> url = RelayUrl.tryParse(destination.address());
        if (url.isEmpty()) {
            return new DeliveryOutcome.Gone("not a relay: " + destination.address());
        }
        boolean home = settings.homes().contains(url.get());
        if (!home && !events.stream().allMatch(NostrDelivery::takesBack)) {
            return new DeliveryOutcome.Refused("our people do not live there: " + url.get());
        }
        return publish(events, draft, home ? Set.of(url.get()) : Set.of());
    }

    /// What makes a copy must arrive whole; of what only takes back, any part that arrives is better than none. A relay
    /// where something cannot be taken back now holds nothing up that is said here.
    ///
    /// @param places where that goes which takes nothing back
    private DeliveryOutcome publish(List<Event> events, NativeDraft draft, Set<RelayUrl> places) {
        DeliveryOutcome last = new DeliveryOutcome.Refused("nothing to say");
        List<DeliveryOutcome> later = new ArrayList<>();
        boolean said = false;
        boolean arrived = false;
        for (Event event : events) {
            boolean takesBack = takesBack(event);
            DeliveryOutcome outcome = takesBack ? takeBack(event) : publish(event, places);
            if (outcome instanceof DeliveryOutcome.Retry && takesBack) {
                later.add(outcome);
            } else if (outcome instanceof DeliveryOutcome.Retry) {
                return outcome;
            } else if (!takesBack || !said) {
                last = outcome;
            }
            said |= !takesBack;
            arrived |= outcome instanceof DeliveryOutcome.Delivered;
        }
        if (!later.isEmpty()) {
            return later.getFirst();
        }
        boolean enough = last instanceof DeliveryOutcome.Delivered
                || (arrived && draft.copy().isEmpty());
        return enough ? new DeliveryOutcome.Delivered(draft.copy()) : last;
    }

    /// One relay is enough: whoever reads there reads all of them.
    private DeliveryOutcome publish(Event event, Set<RelayUrl> places) {
        List<DeliveryOutcome> outcomes = outcomes(event, places);
        return first(outcomes, DeliveryOutcome.Delivered.class)
                .or(() -> first(outcomes, DeliveryOutcome.Retry.class))
                .or(() -> outcomes.stream().findFirst())
                .orElseGet(() -> new DeliveryOutcome.Delivered(Optional.empty()));
    }

    /// To every relay that has it or may have it, and to no other.
    private DeliveryOutcome takeBack(Event event) {
        Set<RelayUrl> places = placesOf(event);
        List<DeliveryOutcome> outcomes = outcomes(event, places);
        return first(outcomes, DeliveryOutcome.Retry.class)
                .or(() -> first(outcomes, DeliveryOutcome.Delivered.class))
                .or(() -> outcomes.stream().findFirst())
                .orElseGet(() -> new DeliveryOutcome.Delivered(Optional.empty()));
    }

    private Set<RelayUrl> placesOf(Event takesBack) {
        List<EventId> gone = erased(takesBack);
        if (gone.isEmpty()) {
            return store.placements().relaysOf(takesBack.pubkey());
        }
        Set<RelayUrl> places = new TreeSet<>();
        gone.forEach(id -> places.addAll(store.placements().relaysOf(id)));
        return places;
    }

    private List<DeliveryOutcome> outcomes(Event event, Collection<RelayUrl> places) {
        List<CompletableFuture<DeliveryOutcome>> answers = places.stream()
                .map(url -> publisher.publish(event, url).thenApply(outcome -> {
                    if (outcome instanceof DeliveryOutcome.Delivered) {
                        forget(event, url);
                    }
                    return outcome;
                }))
                .toList();
        return answers.stream().map(CompletableFuture::join).toList();
    }

    private void forget(Event event, RelayUrl url) {
        if (event.kind() == Kind.VANISH) {
            store.placements().removeAll(event.pubkey(), url);
        } else if (event.kind() == Kind.DELETION) {
            erased(event).forEach(id -> store.placements().remove(id, url));
        }
    }

    private static List<EventId> erased(Event event) {
        return event.tags("e")
                .map(Tag::value)
                .flatMap(id -> EventId.tryParse(id).stream())
                .toList();
    }

    private static boolean takesBack(Event event) {
        return event.kind() == Kind.DELETION || event.kind() == Kind.VANISH;
    }

    private static boolean leaves(List<Event> events) {
        return events.stream().anyMatch(event -> event.kind() == Kind.VANISH);
    }

    private static <T extends DeliveryOutcome> Optional<DeliveryOutcome> first(
            List<DeliveryOutcome> outcomes, Class<T> kind) {
        return outcomes.stream().filter(kind::isInstance).findFirst();
    }
}
