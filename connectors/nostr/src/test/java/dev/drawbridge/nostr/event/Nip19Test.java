package dev.drawbridge.nostr.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.drawbridge.nostr.Vectors;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class Nip19Test {
    private static final String NPUB = "npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8qzvjptg";
    private static final PublicKey KEY =
            new PublicKey("7e7e9c42a91bfef19fa929e5fda1b72e0ebc1a4c1141673e2794234d86addf4e");

    @Test
    void writesAndReadsPublicKeys() {
        assertThat(KEY.npub()).isEqualTo(NPUB);
        assertThat(Nip19.decode(NPUB)).contains(new Nip19.Npub(KEY));
        assertThat(Nip19.decode(NPUB.toUpperCase(java.util.Locale.ROOT))).contains(new Nip19.Npub(KEY));
    }

    @Test
    void refusesPrivateKeys() {
        assertThat(Nip19.decode("nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "npub1",
                "npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8qzvjptq",
                "Npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8qzvjptg",
                "npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8qzvjptb",
                "npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8é",
                "1qqqqqq"
            })
    void refusesWhatIsNotBech32(String text) {
        assertThat(Nip19.decode(text)).isEmpty();
    }

    @Test
    void refusesKeysOfTheWrongLength() {
        assertThat(Nip19.decode(Bech32.encode("npub", new byte[31]))).isEmpty();
        assertThat(Nip19.decode(Bech32.encode("note", new byte[33]))).isEmpty();
        assertThat(Nip19.decode(Bech32.encode("nprofile", new byte[] {0, 5, 1})))
                .isEmpty();
        assertThat(Nip19.decode(Bech32.encode("nprofile", new byte[] {0}))).isEmpty();
        assertThat(Nip19.decode(Bech32.encode("naddr", new byte[] {0, 0}))).isEmpty();
        assertThat(Nip19.decode(Bech32.encode("nunknown", new byte[32]))).isEmpty();
    }

    @Test
    void refusesTextsLongerThanAnybodyNeeds() {
        assertThat(Nip19.decode(Bech32.encode("nprofile", new byte[4_000]))).isEmpty();
    }

    @Test
    void passesOverUnknownParts() {
        byte[] data = new byte[2 + 3 + 2 + 32];
        data[0] = 99;
        data[1] = 3;
        data[5] = 0;
        data[6] = 32;
        System.arraycopy(KEY.bytes(), 0, data, 7, 32);

        assertThat(Nip19.decode(Bech32.encode("nprofile", data))).contains(new Nip19.Nprofile(KEY, List.of()));
    }

    @Test
    void doesNotWriteWhatCannotBeWritten() {
        var profile = new Nip19.Nprofile(KEY, List.of("wss://" + "x".repeat(255)));

        assertThatIllegalArgumentException().isThrownBy(() -> Nip19.encode(profile));
    }

    @Property(tries = 300, seed = "42")
    void readsWhatItWrote(@ForAll("entities") Nip19.Entity entity) {
        assertThat(Nip19.decode(Nip19.encode(entity))).contains(entity);
    }

    @Property(tries = 300, seed = "42")
    void neverThrows(@ForAll String text) {
        assertThat(Nip19.decode("npub1" + text)).isEmpty();
        assertThat(Nip19.decode(text)).isEmpty();
    }

    @Provide
    Arbitrary<Nip19.Entity> entities() {
        Arbitrary<String> hex =
                Arbitraries.strings().withChars("0123456789abcdef").ofLength(64);
        Arbitrary<PublicKey> keys = hex.map(PublicKey::new);
        Arbitrary<EventId> ids = hex.map(EventId::new);
        Arbitrary<List<String>> relays = Arbitraries.strings()
                .alpha()
                .ofMinLength(1)
                .ofMaxLength(60)
                .map(s -> "wss://" + s)
                .list()
                .ofMaxSize(4);
        Arbitrary<Integer> kinds = Arbitraries.integers().between(0, 65_535);
        return Arbitraries.oneOf(
                keys.map(Nip19.Npub::new),
                ids.map(Nip19.Note::new),
                Combinators.combine(keys, relays).as(Nip19.Nprofile::new),
                Combinators.combine(ids, relays, keys.optional(), kinds.optional())
                        .as(Nip19.Nevent::new),
                Combinators.combine(Arbitraries.strings().alpha().ofMaxLength(80), relays, keys, kinds)
                        .as(Nip19.Naddr::new));
    }

    @TestFactory
    Stream<DynamicTest> agreesWithTheExamplesOfTheNip() {
        return Vectors.nostr("nip19.json")
                .get("vectors")
                .valueStream()
                .map(v -> DynamicTest.dynamicTest(v.get("type").asString(), () -> matches(v)));
    }

    private static void matches(JsonNode vector) {
        Optional<Nip19.Entity> decoded = Nip19.decode(vector.get("bech32").asString());
        if (vector.get("type").asString().equals("nsec")) {
            assertThat(decoded).isEmpty();
            return;
        }
        JsonNode data = vector.get("data");
        assertThat(decoded.orElseThrow())
                .isEqualTo(
                        switch (vector.get("type").asString()) {
                            case "npub" -> new Nip19.Npub(new PublicKey(data.asString()));
                            case "nprofile" ->
                                new Nip19.Nprofile(
                                        new PublicKey(data.get("pubkey").asString()), relays(data));
                            case "nevent" ->
                                new Nip19.Nevent(
                                        new EventId(data.get("id").asString()),
                                        relays(data),
                                        Optional.empty(),
                                        Optional.empty());
                            case "naddr" ->
                                new Nip19.Naddr(
                                        data.get("identifier").asString(),
                                        relays(data),
                                        new PublicKey(data.get("pubkey").asString()),
                                        data.get("kind").asInt());
                            default -> throw new AssertionError(vector);
                        });
    }

    private static List<String> relays(JsonNode data) {
        return data.get("relays").valueStream().map(JsonNode::asString).toList();
    }
}
