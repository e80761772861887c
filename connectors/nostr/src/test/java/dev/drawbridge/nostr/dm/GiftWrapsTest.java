package dev.drawbridge.nostr.dm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.port.SignatureScheme;
import dev.drawbridge.nostr.People;
import dev.drawbridge.nostr.Vectors;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventReader;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.Ncryptsec;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.Reading;
import dev.drawbridge.nostr.event.Tag;
import dev.drawbridge.nostr.event.UnsignedEvent;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class GiftWrapsTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    private final People people = new People();
    private final People.Person alice = people.person("alice");
    private final People.Person bot = people.person("bot");
    private final GiftWraps wraps = new GiftWraps(people.signer, People.VERIFIER, new Random(1));
    private final GiftWraps.Own toBot = new GiftWraps.Own(bot.key, "test:bot");
    private final GiftWraps.Own byAlice = new GiftWraps.Own(alice.key, "test:alice");

    @Test
    void opensWhatNostrToolsWrapped() {
        var keys = new KnownKeys().with("two", OwnVectors.text("secret2"));
        var two = new GiftWraps.Own(new PublicKey(OwnVectors.text("public2")), "two");
        Event wrap =
                EventReader.read(OwnVectors.ALL.get("wrap").toString()).found().orElseThrow();

        UnsignedEvent said = new GiftWraps(keys, People.VERIFIER, new Random(1))
                .open(wrap, two)
                .found()
                .orElseThrow();

        assertThat(said.content()).isEqualTo("start");
        assertThat(said.pubkey().hex()).isEqualTo(OwnVectors.text("public1"));
        assertThat(said.kind()).isEqualTo(Kind.MESSAGE);
    }

    @Test
    void oneWritesAndOnlyTheOtherReads() {
        Event wrap = wraps.wrap(message("hello"), byAlice, bot.key, NOW).orElseThrow();

        assertThat(wraps.open(wrap, toBot).found()).contains(message("hello"));
        assertThat(wraps.open(wrap, new GiftWraps.Own(bot.key, "test:alice"))).isInstanceOf(Reading.Unreadable.class);
        assertThat(wrap.json()).doesNotContain("hello").doesNotContain(alice.key.hex());
    }

    @Test
    void nobodySeesWhoWroteItOrWhen() {
        Event one = wraps.wrap(message("hello"), byAlice, bot.key, NOW).orElseThrow();
        Event two = wraps.wrap(message("hello"), byAlice, bot.key, NOW).orElseThrow();

        assertThat(one.pubkey()).isNotEqualTo(two.pubkey()).isNotEqualTo(alice.key);
        assertThat(People.VERIFIER.problem(one)).isEmpty();
        assertThat(one.tags()).containsExactly(Tag.of("p", bot.key.hex()));
        assertThat(one.createdAt())
                .isBetween(NOW.minus(GiftWraps.BACKDATED).getEpochSecond(), NOW.getEpochSecond())
                .isNotEqualTo(two.createdAt());
    }

    @Test
    void nobodyIsWrittenToWhoIsNoKey() {
        assertThat(wraps.wrap(message("hello"), byAlice, new PublicKey("f".repeat(64)), NOW))
                .isEmpty();
    }

    @Test
    void nobodySpeaksForSomebodyElse() {
        People.Person mallory = people.person("mallory");

        refuses(seal(mallory, message("start").json(), e -> e), "its author is not who sealed it");
    }

    @Test
    void refusesASealThatIsNotSigned() {
        refuses(
                seal(
                        alice,
                        message("start").json(),
                        e -> new Event(
                                e.id(), e.pubkey(), e.createdAt(), e.kind(), e.tags(), e.content(), "0".repeat(128))),
                "signature");
        refuses(seal(alice, message("start").json(), e -> alice.note(5, e.content())), "not of kind 13");
    }

    @Test
    void refusesAMessageWhoseIdIsNotItsOwn() {
        String json = message("start").json().replace("start", "stop");

        refuses(seal(alice, json, e -> e), "the id does not match");
        refuses(seal(alice, "not json", e -> e), "not JSON");
    }

    @Test
    void refusesWhatIsNoWrapOrHoldsNone() {
        assertThat(wraps.open(alice.note(5, "hi"), toBot)).isInstanceOf(Reading.Unreadable.class);
        assertThat(wraps.open(alice.event(Kind.GIFT_WRAP, 5, "hi"), toBot)).isInstanceOf(Reading.Unreadable.class);
        refuses(encrypted("test:alice", alice, bot.key, "not an event"), "not JSON");
    }

    @Test
    void anEncryptedKeyIsCopiedAsTheNipSays() {
        String text = OwnVectors.text("ncryptsec");
        byte[] sealed = Ncryptsec.decode(text).orElseThrow();

        assertThat(Ncryptsec.encode(sealed)).isEqualTo(text);
        assertThat(Ncryptsec.decode(text.replace("ncryptsec1", "nsec1"))).isEmpty();
        assertThat(Ncryptsec.decode(bot.key.npub())).isEmpty();
        org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> Ncryptsec.encode(new byte[90]));
    }

    @Test
    void theEncryptedKeyOfTheNipIsReadAndWrittenAgain() {
        String text = Vectors.nostr("nip49.json").get("ncryptsec").asString();

        assertThat(Ncryptsec.decode(text).map(Ncryptsec::encode)).contains(text);
    }

    private UnsignedEvent message(String text) {
        return new UnsignedEvent(
                alice.key, NOW.getEpochSecond(), Kind.MESSAGE, List.of(Tag.of("p", bot.key.hex())), text);
    }

    private void refuses(Event wrap, String why) {
        assertThat(wraps.open(wrap, toBot))
                .isInstanceOfSatisfying(
                        Reading.Unreadable.class, u -> assertThat(u.detail()).contains(why));
    }

    /// A wrap around a seal by `author`, changed.
    private Event seal(People.Person author, String message, UnaryOperator<Event> change) {
        String ref = author == alice ? "test:alice" : "test:mallory";
        byte[] key =
                Nip44.conversationKey(people.signer.agree(ref, bot.key.bytes()).orElseThrow());
        Event seal = author.event(Kind.SEAL, 5, Nip44.encrypt(key, message, new byte[32]));
        return encrypted("test:alice", alice, bot.key, change.apply(seal).json());
    }

    private Event encrypted(String ref, People.Person author, PublicKey to, String text) {
        byte[] key = Nip44.conversationKey(people.signer.agree(ref, to.bytes()).orElseThrow());
        var event = new UnsignedEvent(author.key, 5, Kind.GIFT_WRAP, List.of(), Nip44.encrypt(key, text, new byte[32]));
        return event.signed(
                people.signer.sign(ref, SignatureScheme.BIP340, event.id().bytes()));
    }
}
