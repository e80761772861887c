package dev.drawbridge.nostr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.Visibility;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.dm.GiftWraps;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.Tag;
import dev.drawbridge.nostr.event.UnsignedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What bots write to people.
class BotLettersTest extends ConnectorScene {
    private final GiftWraps wraps = new GiftWraps(people.signer, People.VERIFIER, new Random(2));
    private final GiftWraps.Own carolHerself = new GiftWraps.Own(carol.key, "test:carol");
    private PublicKey fediverse;

    @BeforeEach
    void bots() {
        Ghost bot = ghost(Ghost.botOrigin(Network.ACTIVITYPUB), "activitypub");
        world.watchlist.ours.add(bot.id());
        fediverse = new PublicKey(bot.id().value());
        Event list = carol.event(Kind.MESSAGE_RELAYS, now, "", Tag.of("relay", RELAY));
        relay.events.put(list.id().hex(), list);
        world.timer.run();
    }

    @Test
    void aLetterOfABotIsWrappedForWhoItIsFor() {
        write("You are shown");
        write("You are shown");

        assertThat(answers()).hasSize(2).allSatisfy(letter -> {
            assertThat(letter.pubkey()).isEqualTo(fediverse);
            assertThat(letter.content()).isEqualTo("You are shown");
            assertThat(letter.kind()).isEqualTo(Kind.MESSAGE);
            assertThat(letter.tags()).containsExactly(Tag.of("p", carol.key.hex()));
            assertThat(letter.createdAt()).isEqualTo(now + 1);
        });
        assertThat(answers().getFirst().id())
                .as("however often it is made, it is one")
                .isEqualTo(answers().getLast().id());
        assertThat(store.events().query(Filter.ANY.kinds(List.of(Kind.MESSAGE)), 10))
                .isEmpty();
    }

    @Test
    void onlyBotsWriteLetters() {
        NativeId alice = alice().origin();
        Resolved resolved = resolved(alice, alice().id());
        assertThat(connector.translator().fromCanonical(letter(alice, "psst"), resolved, world.clock.instant()))
                .isInstanceOf(Translation.Skipped.class);
    }

    @Test
    void anAnswerThatIsNotTakenIsTriedAgainAndThenGivenUp() {
        relay.refuses.add(Kind.GIFT_WRAP);
        write("hello");
        world.timer.run(Duration.ofHours(1));

        assertThat(relay.of(Kind.GIFT_WRAP)).isEmpty();
    }

    @Test
    void aStrangerIsWrittenToWhereTheyNameRelaysForMessages() {
        Destination mailbox = connector.mailbox(carol.id()).orElseThrow();
        write("Would you", mailbox);

        assertThat(answers())
                .singleElement()
                .satisfies(letter -> assertThat(letter.content()).isEqualTo("Would you"));
        assertThat(store.events().query(Filter.ANY.kinds(List.of(Kind.GIFT_WRAP)), 10))
                .isEmpty();
    }

    @Test
    void whoNamesNoRelaysForMessagesIsNotWrittenToByStrangers() {
        assertThat(connector.mailbox(people.person("dave").id())).isEmpty();
        assertThat(connector.mailbox(new NativeId(Network.NOSTR, "nobody"))).isEmpty();
        Destination mailbox = connector.mailbox(carol.id()).orElseThrow();
        relay.events.clear();
        write("Would you", mailbox);
        world.timer.run(Duration.ofHours(1));

        assertThat(relay.of(Kind.GIFT_WRAP)).isEmpty();
        assertThat(store.events().query(Filter.ANY.kinds(List.of(Kind.GIFT_WRAP)), 10))
                .as("nor is it kept for them")
                .isEmpty();
    }

    @Test
    void aLetterToAStrangerIsTriedOnce() {
        Destination mailbox = connector.mailbox(carol.id()).orElseThrow();
        relay.refusing("rate-limited: later", Kind.GIFT_WRAP);
        write("Would you", mailbox);
        world.timer.run();
        relay.refuses.clear();
        world.timer.run(Duration.ofHours(1));
        assertThat(relay.of(Kind.GIFT_WRAP)).isEmpty();

        relay.refusing("rate-limited: later", Kind.GIFT_WRAP);
        write("You are shown");
        world.timer.run();
        relay.refuses.clear();
        world.timer.run(Duration.ofHours(1));
        assertThat(relay.of(Kind.GIFT_WRAP)).as("an answer is tried again").hasSize(1);
    }

    /// Has the bot for the Fediverse write to carol, as the engine does.
    private void write(String words) {
        write(words, connector.locate(carol.id()).orElseThrow());
    }

    private void write(String words, Destination place) {
        NativeId bot = Ghost.botOrigin(Network.ACTIVITYPUB);
        var written = connector
                .translator()
                .fromCanonical(letter(bot, words), resolved(bot, id(fediverse)), world.clock.instant());
        NativeDraft draft = ((Translation.Translated<NativeDraft>) written).value();
        assertThat(connector.deliver(draft, place)).isEqualTo(new DeliveryOutcome.Delivered(Optional.empty()));
    }

    private Activity.Publish letter(NativeId author, String words) {
        var at = Instant.ofEpochSecond(now);
        var id = new NativeId(Network.BRIDGE, "notice:1");
        return new Activity.Publish(
                new NativeId(Network.BRIDGE, "write notice:1"),
                at,
                Post.builder(id, author, at)
                        .text(new RichText("carol " + words, List.of(new Facet.Mention(0, 5, carol.id()))))
                        .visibility(Visibility.DIRECT)
                        .build());
    }

    private Resolved resolved(NativeId author, NativeId here) {
        return new Resolved(
                Map.of(
                        author,
                        new Resolved.Actor(author, Optional.of(here), Optional.empty(), Optional.empty()),
                        carol.id(),
                        new Resolved.Actor(
                                carol.id(), Optional.of(carol.id()), Optional.of("carol"), Optional.empty())),
                Map.of(),
                Map.of(),
                Set.of());
    }

    private static NativeId id(PublicKey key) {
        return new NativeId(Network.NOSTR, key.hex());
    }

    /// What bots wrote to carol.
    private List<UnsignedEvent> answers() {
        world.timer.run();
        return relay.of(Kind.GIFT_WRAP).stream()
                .filter(e -> e.people().contains(carol.key))
                .map(e -> wraps.open(e, carolHerself).found().orElseThrow())
                .toList();
    }
}
