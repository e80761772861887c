package dev.drawbridge.nostr.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.nostr.FakeSink;
import dev.drawbridge.nostr.FakeWatchlist;
import dev.drawbridge.nostr.People;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.Tag;
import dev.drawbridge.nostr.store.InMemoryLatestLists;
import dev.drawbridge.testkit.VirtualClock;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private final People people = new People();
    private final People.Person carol = people.person("carol");
    private final People.Person bot = people.person("bot");
    private final FakeWatchlist watchlist = new FakeWatchlist();
    private final FakeSink sink = new FakeSink();
    private final VirtualClock clock = new VirtualClock();
    private final long now = clock.instant().getEpochSecond();
    private final InMemoryLatestLists lists = new InMemoryLatestLists();
    private final Intake intake = new Intake(watchlist, lists, clock);

    @BeforeEach
    void start() {
        watchlist.ours.add(bot.id());
        intake.start(sink);
    }

    private String reason(Event event) {
        return ((Receipt.Ignored) intake.take(event)).reason();
    }

    @Test
    void handsOverWhatTheEngineShallDecideAbout() {
        Event note = carol.note(now, "hi");

        assertThat(intake.take(note)).isEqualTo(new Receipt.Accepted());
        NativeEvent taken = sink.taken().getFirst();
        assertThat(taken.id().value()).isEqualTo(note.id().hex());
        assertThat(taken.receivedAt()).isEqualTo(clock.instant());
    }

    @Test
    void handsOverNothingThatABridgeMade() {
        assertThat(reason(bot.note(now, "hi"))).isEqualTo("made by this bridge");
        assertThat(reason(carol.note(now, "hi", Tag.of("proxy", "https://x", "activitypub"))))
                .isEqualTo("made by a bridge: it carries a proxy tag");
        assertThat(sink.taken()).isEmpty();
    }

    @Test
    void aMuteListNamesWhomOfOursItHoldsAndWhomItHeldBefore() {
        Event first = carol.event(Kind.MUTES, now, "", Tag.of("p", bot.key.hex()), Tag.of("p", "ab".repeat(32)));
        Event second = carol.event(Kind.MUTES, now + 1, "");

        intake.take(first);
        intake.take(second);

        assertThat(sink.taken())
                .allSatisfy(e -> assertThat(e.kind()).isEqualTo(NativeEvent.Kind.BLOCK))
                .allSatisfy(e -> assertThat(e.names()).containsExactly(bot.id()));
    }

    @Test
    void handsOverNothingThatAnotherBridgeMade() {
        assertThat(reason(carol.note(now, "hi", Tag.of("L", "pink.momostr"))))
                .isEqualTo("made by a bridge: it carries the label of one");
        assertThat(reason(carol.event(Kind.PROFILE, now, "{\"nip05\":\"x@bsky.brid.gy\"}")))
                .isEqualTo("made by a bridge: its author is called after one");
        assertThat(sink.taken()).isEmpty();
    }

    @Test
    void handsOverNothingThatCannotCrossOrIsOutOfTime() {
        assertThat(reason(carol.event(30_024, now, "x"))).isEqualTo("kind 30024 does not cross");
        assertThat(reason(carol.note(now + 901, "x"))).isEqualTo("it is from the future");
        assertThat(reason(carol.note(now, "x", Tag.of("expiration", "" + now)))).isEqualTo("it has expired");
        assertThat(intake.take(carol.note(now + 900, "x"))).isEqualTo(new Receipt.Accepted());
    }

    @Test
    void namesOnlyOursOnAFollowList() {
        intake.take(carol.event(3, now, "", Tag.of("p", bot.key.hex()), Tag.of("p", carol.key.hex())));

        assertThat(sink.taken().getFirst().names()).isEqualTo(Set.of(bot.id()));
    }

    @Test
    void aListThatLostUsStillNamesUs() {
        intake.take(carol.event(3, now, "", Tag.of("p", bot.key.hex())));
        intake.take(carol.event(3, now + 1, ""));
        intake.take(carol.event(3, now + 2, ""));

        assertThat(sink.taken())
                .extracting(NativeEvent::names)
                .containsExactly(Set.of(bot.id()), Set.of(bot.id()), Set.of());
    }

    @Test
    void aListOfPinsNamesWhatChangedOnIt() {
        Tag one = Tag.of("e", "11".repeat(32));
        Tag two = Tag.of("e", "22".repeat(32));
        intake.take(carol.event(Kind.PINS, now, "", one));
        intake.take(carol.event(Kind.PINS, now + 1, "", two, one));
        intake.take(carol.event(Kind.PINS, now + 2, "", two));
        intake.take(carol.event(Kind.PINS, now + 3, "", two));
        intake.take(carol.event(Kind.PINS, now + 4, ""));

        assertThat(sink.taken())
                .extracting(NativeEvent::names)
                .containsExactly(ids(one), ids(two), ids(one), Set.of(), ids(two));
    }

    private static Set<NativeId> ids(Tag pinned) {
        return Set.of(new NativeId(Network.NOSTR, pinned.value()));
    }

    @Test
    void anOldListThatComesLateIsNotHandedOver() {
        Event old = carol.event(3, now, "", Tag.of("p", bot.key.hex()));
        intake.take(carol.event(3, now + 1, ""));

        assertThat(reason(old)).isEqualTo("a later one was there before");
        assertThat(sink.taken()).hasSize(1);
    }

    @Test
    void aListTheEngineDidNotTakeIsOfferedAgain() {
        Event list = carol.event(3, now, "", Tag.of("p", bot.key.hex()));
        sink.answer = new Receipt.Busy(Duration.ofSeconds(1));
        assertThat(intake.take(list)).isInstanceOf(Receipt.Busy.class);
        sink.answer = new Receipt.Accepted();

        assertThat(intake.take(list)).isEqualTo(new Receipt.Accepted());
    }

    @Test
    void remembersNothingOfPeopleTheEngineIgnores() {
        sink.answer = new Receipt.Ignored("did not opt in");
        intake.take(carol.event(3, now, "", Tag.of("p", carol.key.hex())));

        assertThat(lists.find(3, carol.key)).isEmpty();
    }

    @Test
    void isBusyUntilItIsStarted() {
        intake.stop();

        assertThat(intake.take(carol.note(now, "x"))).isInstanceOf(Receipt.Busy.class);
    }
}
