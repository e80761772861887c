package dev.drawbridge.nostr.wire;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Watchlist;
import dev.drawbridge.model.spi.EventSink;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.Pins;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.store.InMemoryOpenPolls;
import dev.drawbridge.nostr.store.LatestLists;
import dev.drawbridge.nostr.store.OpenPolls;
import dev.drawbridge.nostr.store.OpenPolls.OpenPoll;
import dev.drawbridge.nostr.translate.BridgeMarks;
import dev.drawbridge.nostr.translate.NativeEvents;
import dev.drawbridge.nostr.translate.PollCount;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Hands events over to the engine, wherever they came from: only what concerns the bridge, never what a bridge made,
/// and of lists only the latest.
public final class Intake {
    /// The kinds the bridge understands.
    public static final Set<Integer> KINDS = Set.of(
            Kind.PROFILE,
            Kind.NOTE,
            Kind.FOLLOWS,
            Kind.DELETION,
            Kind.REPOST,
            Kind.REACTION,
            Kind.GENERIC_REPOST,
            Kind.PICTURE,
            Kind.VIDEO,
            Kind.SHORT_VIDEO,
            Kind.VANISH,
            Kind.VOTE,
            Kind.POLL,
            Kind.COMMENT,
            Kind.REPORT,
            Kind.MUTES,
            Kind.PINS,
            Kind.ARTICLE,
            Kind.VOICE,
            Kind.VOICE_ANSWER,
            Kind.ADDRESSED_VIDEO,
            Kind.ADDRESSED_SHORT_VIDEO);

    private static final Duration FUTURE = Duration.ofMinutes(15);
    private static final Duration NOT_STARTED = Duration.ofSeconds(5);
    private static final int LOCKS = 64;

    /// How long votes are counted in whatever does not end, or ends later.
    public static final Duration LONGEST_POLL = Duration.ofDays(31);

    /// How long ago a poll may have ended that we hear of only now. That one was closed is known for longer.
    private static final Duration LATEST_END = Duration.ofDays(1);

    private final Watchlist watchlist;
    private final LatestLists lists;
    private final InstantSource clock;
    private final Messages messages;
    private final OpenPolls polls;
    private volatile Optional<EventSink> sink = Optional.empty();
    private final ReentrantLock[] locks =
            IntStream.range(0, LOCKS).mapToObj(_ -> new ReentrantLock()).toArray(ReentrantLock[]::new);

    /// Reads private messages to bots.
    @FunctionalInterface
    public interface Messages {
        /// @param event of kind 4 or 1059, with the right id and signature
        /// @param sink where what it asks for goes
        Receipt take(Event event, Function<NativeEvent, Receipt> sink);
    }

    /// For those who read no messages.
    public Intake(Watchlist watchlist, LatestLists lists, InstantSource clock) {
        this(
                watchlist,
                lists,
                clock,
                (_, _) -> new Receipt.Ignored("private messages do not cross"),
                new InMemoryOpenPolls());
    }

    /// @param polls told of every poll that is taken
    public Intake(Watchlist watchlist, LatestLists lists, InstantSource clock, Messages messages, OpenPolls polls) {
        this.polls = polls;
        this.watchlist = watchlist;
        this.lists = lists;
        this.clock = clock;
        this.messages = messages;
    }

    /// Until this is called, everybody is told to come back.
    public void start(EventSink to) {
        sink = Optional.of(to);
    }

    public void stop() {
        sink = Optional.empty();
    }

    /// Whether `person` opted in and is carried.
    public boolean watches(PublicKey person) {
        return watchlist.carries(NativeEvents.id(person));
    }

    /// Whether `key` is a ghost or bot of this bridge.
    public boolean isOurs(PublicKey key) {
        return watchlist.ours(Network.NOSTR).contains(NativeEvents.id(key));
    }

    /// Whom of the bridge's own people an event names.
    public Set<PublicKey> oursIn(Event event) {
        return event.people().stream().filter(this::isOurs).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// @param event with the right id and signature
    public Receipt take(Event event) {
        if (Kind.isPrivateMessage(event.kind())) {
            return messages.take(event, this::pass);
        }
        Optional<String> useless = useless(event);
        if (useless.isPresent()) {
            return new Receipt.Ignored(useless.get());
        }
        if (!Kind.isReplaceable(event.kind())) {
            Receipt receipt = pass(NativeEvents.of(event, clock.instant()));
            if (receipt instanceof Receipt.Accepted && watches(event.pubkey())) {
                open(event);
            }
            return receipt;
        }
        // Two relays may bring an old and a new list at once.
        ReentrantLock lock = locks[Math.floorMod(event.pubkey().hashCode(), LOCKS)];
        lock.lock();
        try {
            return takeLatest(event);
        } finally {
            lock.unlock();
        }
    }

    /// What is voted in it is counted from now on, unless it is long over.
    private void open(Event event) {
        Instant asked = Instant.ofEpochSecond(event.createdAt());
        Instant now = clock.instant();
        boolean old = !asked.plus(LONGEST_POLL).isAfter(now);
        PollCount.of(event)
                .filter(poll -> !old
                        && poll.ends()
                                .filter(end -> end.isBefore(now.minus(LATEST_END)))
                                .isEmpty())
                .ifPresent(poll -> polls.open(new OpenPoll(event.id(), event.pubkey(), asked, poll.ends(), now)));
    }

    /// Why an event concerns nobody, whoever wrote it; empty if it may.
    Optional<String> useless(Event event) {
        long now = clock.instant().getEpochSecond();
        if (!KINDS.contains(event.kind())) {
            return Optional.of("kind " + event.kind() + " does not cross");
        }
        if (isOurs(event.pubkey())) {
            return Optional.of("made by this bridge");
        }
        Optional<String> bridge = BridgeMarks.mark(event);
        if (bridge.isPresent()) {
            return bridge;
        }
        if (event.createdAt() > now + FUTURE.toSeconds()) {
            return Optional.of("it is from the future");
        }
        return event.expiredAt(now) ? Optional.of("it has expired") : Optional.empty();
    }

    private Receipt takeLatest(Event event) {
        Optional<LatestLists.Latest> before = lists.find(event.kind(), event.pubkey());
        if (before.filter(b -> b.outdates(event)).isPresent()) {
            return new Receipt.Ignored("a later one was there before");
        }
        Set<PublicKey> ours = oursIn(event);
        Receipt receipt = pass(
                switch (event.kind()) {
                    case Kind.FOLLOWS, Kind.MUTES -> followList(event, ours, before);
                    case Kind.PINS -> pins(event, before);
                    default -> ordinary(event);
                });
        if (receipt instanceof Receipt.Accepted) {
            lists.put(event, ours);
        }
        return receipt;
    }

    private NativeEvent ordinary(Event event) {
        return NativeEvents.of(event, clock.instant());
    }

    /// Names whom of ours the list names, and whom the one before named: a list that lost us is about us too.
    private NativeEvent followList(Event event, Set<PublicKey> ours, Optional<LatestLists.Latest> before) {
        Set<NativeId> names = new LinkedHashSet<>();
        ours.forEach(key -> names.add(NativeEvents.id(key)));
        before.ifPresent(b -> b.ours().forEach(key -> names.add(NativeEvents.id(key))));
        return NativeEvents.of(event, names, clock.instant());
    }

    /// Names what is on the list and was not before, and what was and is not.
    private NativeEvent pins(Event event, Optional<LatestLists.Latest> before) {
        Set<EventId> now = Pins.of(event);
        Set<EventId> former = before.map(LatestLists.Latest::posts).orElse(Set.of());
        Set<NativeId> names = new LinkedHashSet<>();
        now.stream().filter(post -> !former.contains(post)).forEach(post -> names.add(NativeEvents.id(post)));
        former.stream().filter(post -> !now.contains(post)).forEach(post -> names.add(NativeEvents.id(post)));
        return NativeEvents.of(event, names, clock.instant());
    }

    /// Hands over what did not come as an event of its own: what somebody asks for who signed in.
    public Receipt pass(NativeEvent event) {
        return sink.map(s -> s.accept(event)).orElseGet(() -> new Receipt.Busy(NOT_STARTED));
    }
}
