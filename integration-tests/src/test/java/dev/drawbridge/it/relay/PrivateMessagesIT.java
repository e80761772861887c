package dev.drawbridge.it.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.crypto.Cryptography;
import dev.drawbridge.engine.crypto.MasterKeys;
import dev.drawbridge.it.peers.NostrTools;
import dev.drawbridge.model.port.KeyAlgorithm;
import dev.drawbridge.model.port.Signer;
import dev.drawbridge.nostr.dm.GiftWraps;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventReader;
import dev.drawbridge.nostr.event.EventVerifier;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.Ncryptsec;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.Tag;
import dev.drawbridge.nostr.event.UnsignedEvent;
import dev.drawbridge.testkit.InMemoryKeyStore;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// nostr-tools reads the private messages and keys we encrypt, and we those it encrypts.
class PrivateMessagesIT {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Cryptography CRYPTOGRAPHY = Cryptography.start();
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static NostrTools nostr;

    private final Signer signer = CRYPTOGRAPHY.signer(new InMemoryKeyStore(), MasterKeys.inMemory(RANDOM), RANDOM);
    private final PublicKey bot = PublicKey.ofCompressed(signer.ensure("bot", KeyAlgorithm.SECP256K1));
    private final GiftWraps.Own own = new GiftWraps.Own(bot, "bot");
    private final GiftWraps wraps = new GiftWraps(signer, new EventVerifier(CRYPTOGRAPHY), RANDOM);

    @BeforeAll
    static void start() {
        nostr = NostrTools.start();
    }

    @AfterAll
    static void stop() {
        nostr.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 33, 5_000, 70_000})
    void itReadsWhatWeWrap(int length) {
        var carol = nostr.newPerson();
        var message = message(bot, carol.pubkey(), "é".repeat(length));
        Event wrap =
                wraps.wrap(message, own, new PublicKey(carol.pubkey()), NOW).orElseThrow();

        JsonNode read = nostr.unwrap(carol, wrap.json());

        assertThat(read.path("id").asString()).isEqualTo(message.id().hex());
        assertThat(read.path("pubkey").asString()).isEqualTo(bot.hex());
        assertThat(read.path("content").asString()).isEqualTo(message.content());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 33, 5_000, 70_000})
    void weReadWhatItWraps(int length) {
        var carol = nostr.newPerson();
        String text = "ü".repeat(length);

        JsonNode wrapped = nostr.wrap(carol, bot.hex(), text);
        Event wrap = EventReader.read(wrapped.toString()).found().orElseThrow();
        UnsignedEvent read = wraps.open(wrap, own).found().orElseThrow();

        assertThat(read.content()).isEqualTo(text);
        assertThat(read.pubkey().hex()).isEqualTo(carol.pubkey());
    }

    @Test
    void itOpensAKeyWithItsOwnersPassword() {
        String key = Ncryptsec.encode(signer.export("bot", "Ångström ﬁ"));

        assertThat(nostr.keyIn(key, "A\u030angstro\u0308m fi")).isEqualTo(bot.hex());
    }

    private static UnsignedEvent message(PublicKey from, String to, String text) {
        return new UnsignedEvent(from, NOW.getEpochSecond(), Kind.MESSAGE, List.of(Tag.of("p", to)), text);
    }
}
