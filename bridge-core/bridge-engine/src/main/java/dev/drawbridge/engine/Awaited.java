package dev.drawbridge.engine;

import dev.drawbridge.engine.notice.Notice;
import dev.drawbridge.engine.notice.NoticeKey;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.bot.Command;
import dev.drawbridge.model.port.Follows;
import dev.drawbridge.model.spi.NativeEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// People whom somebody wants to follow and who are not here yet. That somebody waits is theirs, and kept as a follow;
/// of whom they wait for there is a digest that answers one question: is it this person who came? (ADR 58)
final class Awaited {
    /// Of one person.
    private static final int MOST = 500;
    private static final int PAGE = 500;
    private static final String MARK = "awaited:";

    private final Ports ports;
    private final Namesakes namesakes;
    private final Resolver resolver;
    private final OptIns optIns;
    private final Letters letters;
    private final Inbox inbox;

    Awaited(Ports ports, Namesakes namesakes, Resolver resolver, OptIns optIns, Letters letters, Inbox inbox) {
        this.ports = ports;
        this.namesakes = namesakes;
        this.resolver = resolver;
        this.optIns = optIns;
        this.letters = letters;
        this.inbox = inbox;
    }

    /// What became of a wish.
    ///
    /// @param awaited who is waited for now; empty if nobody is
    /// @param answer what who wished it is told
    record Wished(Optional<NativeId> awaited, Notice answer) {
        static Wished nothing(Notice answer) {
            return new Wished(Optional.empty(), answer);
        }
    }

    /// Somebody wants to follow a person of another network.
    ///
    /// @param called what they call that person
    /// @param cause the message
    Wished follow(NativeId person, String called, NativeId cause) {
        List<NativeId> meant = namesakes.of(person, called);
        if (meant.size() != 1) {
            return Wished.nothing(said(meant.isEmpty() ? NoticeKey.NOBODY_CALLED : NoticeKey.SEVERAL_CALLED, called));
        }
        NativeId other = meant.getFirst();
        Optional<String> here = Linking.own(ports, resolver, other, person.network())
                .or(() -> here(other, person.network()).map(Ghost::handle));
        if (here.isPresent()) {
            return Wished.nothing(said(NoticeKey.HERE_ALREADY, called, here.get()));
        }
        NativeId wished = digest(other);
        if (ports.follows().find(person, wished).isEmpty() && count(ports.follows(), person) >= MOST) {
            return Wished.nothing(said(NoticeKey.TOO_MANY_AWAITED, Integer.toString(MOST)));
        }
        var wish = new NativeId(Network.BRIDGE, "wish:" + cause.key());
        ports.follows().put(new Follows.Edge(person, wished, wish, Optional.empty(), true));
        // They may have come between the look and this, too late for those who were told.
        Optional<Ghost> came = here(other, person.network());
        if (came.isPresent()) {
            ports.follows().remove(person, wished);
            return Wished.nothing(
                    said(NoticeKey.HERE_ALREADY, called, came.get().handle()));
        }
        return new Wished(Optional.of(other), said(NoticeKey.AWAITED, called));
    }

    /// Somebody does not wait any more.
    ///
    /// @param called whom they meant, or [Command#ALL]
    Notice unfollow(NativeId person, String called) {
        if (called.equals(Command.ALL)) {
            forget(ports.follows(), person);
            return said(NoticeKey.NOBODY_AWAITED);
        }
        List<NativeId> meant = namesakes.of(person, called);
        if (meant.size() != 1) {
            return said(meant.isEmpty() ? NoticeKey.NOBODY_CALLED : NoticeKey.SEVERAL_CALLED, called);
        }
        ports.follows().remove(person, digest(meant.getFirst()));
        return said(NoticeKey.NOT_AWAITED, called);
    }

    /// Has those told who wait for somebody that is shown on a network from now on. Doing it again tells nobody twice.
    ///
    /// @param shown what showed them first, and arrived
    static void arrived(Follows follows, Inbox inbox, Delivery shown) {
        NativeId person = shown.origin();
        if (OptIns.introduces(shown.activity())
                && !page(follows, person, shown.target()).isEmpty()) {
            inbox.put(Arrival.telling(shown.target())
                    .event(person, shown.activity().id().key(), shown.receivedAt()));
        }
    }

    /// Tells the first page of those who wait, or forgets those of it who were told and goes on.
    List<Delivery> follow(Arrival arrival, NativeEvent event) {
        NativeId person = event.author();
        Optional<Ghost> shown = here(person, arrival.network());
        List<NativeId> waiting = page(ports.follows(), person, arrival.network());
        if (shown.isEmpty() || waiting.isEmpty()) {
            return List.of();
        }
        return switch (arrival.step()) {
            case TELL -> {
                List<Delivery> deliveries = new ArrayList<>();
                waiting.forEach(follower -> deliveries.addAll(told(follower, shown.get(), event)));
                inbox.put(arrival.forgetting(waiting.getLast())
                        .event(person, waiting.getLast().key(), event.receivedAt()));
                yield deliveries;
            }
            case FORGET -> {
                NativeId last = arrival.last().orElseGet(waiting::getLast);
                waiting.stream()
                        .filter(follower -> follower.compareTo(last) <= 0)
                        .forEach(follower -> ports.follows().remove(follower, digest(person)));
                inbox.put(Arrival.telling(arrival.network()).event(person, last.key(), event.receivedAt()));
                yield List.of();
            }
        };
    }

    private List<Delivery> told(NativeId follower, Ghost shown, NativeEvent event) {
        NativeId person = shown.origin();
        Optional<Follows.Edge> wish = ports.follows().find(follower, digest(person));
        boolean wanted = optIns.isCarried(follower)
                && !ports.preferences().of(follower).shuns(person)
                && !ports.preferences().of(person).shuns(follower);
        if (wish.isEmpty() || !wanted) {
            return List.of();
        }
        String name = resolver.profile(person)
                .map(Profile::handle)
                .filter(handle -> !handle.isBlank())
                .orElse(person.value());
        // Each letter is named after the arrival and whom it is for; done again, it is the same letter.
        var cause = new NativeId(Network.BRIDGE, event.id().key() + " " + follower.key());
        var occasion = new Letters.Occasion(follower, person.network(), cause, event.receivedAt(), event.receivedAt());
        var notice = Notice.of(NoticeKey.HERE_NOW, Notice.plain(name), Notice.plain(shown.handle()));
        return letters.must(occasion, notice, wish.get().follow().key());
    }

    private static Notice said(NoticeKey key, String... texts) {
        return Notice.of(key, Arrays.stream(texts).map(Notice::plain).toArray(Notice.Arg[]::new));
    }

    /// How many people somebody waits for.
    static long count(Follows follows, NativeId person) {
        return follows.followedBy(person).stream().filter(Awaited::isWish).count();
    }

    /// Somebody waits for nobody any more.
    static void forget(Follows follows, NativeId person) {
        follows.followedBy(person).stream().filter(Awaited::isWish).forEach(wish -> follows.remove(person, wish));
    }

    /// Whether somebody is followed only by waiting for them: no network can name them.
    static boolean isWish(NativeId followed) {
        return followed.network().equals(Network.BRIDGE) && followed.value().startsWith(MARK);
    }

    private static List<NativeId> page(Follows follows, NativeId person, Network network) {
        return follows.followersOf(digest(person), network, Optional.empty(), PAGE);
    }

    private Optional<Ghost> here(NativeId person, Network network) {
        boolean carried = ports.consents().given(person, network);
        return ports.identities().find(person, network).filter(ghost -> carried && ghost.active());
    }

    private static NativeId digest(NativeId person) {
        return new NativeId(Network.BRIDGE, MARK + Sha256.hex("awaited\n" + person.key()));
    }
}
