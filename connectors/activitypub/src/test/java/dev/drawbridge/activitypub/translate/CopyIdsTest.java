package dev.drawbridge.activitypub.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopyIdsTest {
    private static final CopyIds IDS = new CopyIds("https://ap.bridge.example");
    private static final NativeId EVENT = new NativeId(Network.NOSTR, "ab".repeat(32));

    @Test
    void anIdIsAFunctionOfTheSource() {
        assertThat(IDS.note(EVENT))
                .isEqualTo("https://ap.bridge.example/ap/objects/nostr/JxpBO9M5xXCf3OrsQfFPEen7-1BC1y0z");
        assertThat(IDS.note(new NativeId(Network.NOSTR, "ac".repeat(32)))).isNotEqualTo(IDS.note(EVENT));
        assertThat(IDS.note(new NativeId(Network.ATPROTO, EVENT.value()))).isNotEqualTo(IDS.note(EVENT));
    }

    @Test
    void kindsAreToldApart() {
        assertThat(IDS.isLike(IDS.like(EVENT))).isTrue();
        assertThat(IDS.isLike(IDS.note(EVENT))).isFalse();
        assertThat(IDS.isAnnounce(IDS.announce(EVENT))).isTrue();
        assertThat(IDS.isAnnounce("https://other.example/ap/shares/nostr/1")).isFalse();
    }

    @Test
    void whatSomebodySaysLivesWhereTheyDo() {
        var ids = new CopyIds("https://ap.bridge.example", Set.of("https://ap.bridge.example", "https://n.example"));
        String there = "https://n.example/ap/objects/nostr/JxpBO9M5xXCf3OrsQfFPEen7-1BC1y0z";
        assertThat(ids.of("https://n.example/ap/actors/x").note(EVENT)).isEqualTo(there);
        assertThat(ids.of("https://n.example.evil.example/ap/actors/x").note(EVENT))
                .isEqualTo(IDS.note(EVENT));
        assertThat(ids.of("https://ap.bridge.example/ap/actors/x").note(EVENT)).isEqualTo(IDS.note(EVENT));
        assertThat(ids.ours(there)).isTrue();
        assertThat(IDS.ours(there)).isFalse();
    }

    @Test
    void hashtagsAreEscaped() {
        assertThat(IDS.hashtag("a b/ü")).isEqualTo("https://ap.bridge.example/ap/tags/a%20b%2F%C3%BC");
    }

    @Test
    void ourOwnAddressesAreKnown() {
        assertThat(IDS.ours("https://ap.bridge.example/ap/actors/x")).isTrue();
        assertThat(IDS.ours("https://ap.bridge.example.evil.example/ap/actors/x"))
                .isFalse();
    }

    /// Samples of NIP-19.
    @ParameterizedTest
    @CsvSource({
        "npub, 3bf0c63fcb93463407af97a5e5ee64fa883d107ef9e558472c4eb9aaaefa459d,"
                + " npub180cvv07tjdrrgpa0j7j7tmnyl2yr6yr7l8j4s3evf6u64th6gkwsyjh6w6",
        "npub, 7e7e9c42a91bfef19fa929e5fda1b72e0ebc1a4c1141673e2794234d86addf4e,"
                + " npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8qzvjptg",
    })
    void nostrIdsAreShownAsNostrShowsThem(String prefix, String hex, String shown) {
        assertThat(Bech32.encode(prefix, hex)).isEqualTo(shown);
    }
}
