package dev.drawbridge.activitypub.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrisTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "ftp://a.example/",
                "javascript:alert(1)",
                "https:///nohost",
                "https://u:p@a.example/",
                "https://a b.example/",
                "at://did:plc:x",
                "did:plc:x"
            })
    void onlyHttpAddressesCount(String text) {
        assertThat(Uris.tryHttp(text)).isEmpty();
    }

    @Test
    void endlessAddressesDoNotCount() {
        assertThat(Uris.tryHttp("https://a.example/" + "x".repeat(2048))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/1, https://A.example:443/2, true",
        "http://a.example/1, http://a.example:80/2, true",
        "https://a.example/1, http://a.example/1, false",
        "https://a.example/1, https://a.example:8443/1, false",
        "https://a.example/1, https://b.a.example/1, false",
        "nonsense, nonsense, false",
    })
    void originsAreSchemeHostAndPort(String one, String other, boolean same) {
        assertThat(Uris.sameOrigin(one, other)).isEqualTo(same);
    }

    /// What is seen to be right at a glance is what the parser finds right, and says the same of it: an address with an
    /// upper-case scheme always goes through the parser.
    @Test
    void aGlanceSaysWhatTheParserSays() {
        String[] parts = {
            "a",
            "b.example",
            "social",
            ".",
            "-",
            "1",
            "8a",
            "a1",
            "..",
            "-.",
            ".-",
            ":",
            ":443",
            "/",
            "//",
            "?",
            "#",
            "@",
            "%41",
            "%",
            "_",
            "~",
            "=",
            "&",
            " ",
            "é",
            "xn--bcher-kva",
            "A",
            "[::1]",
            "\\",
            "|",
            "users/alice",
            "\u0000"
        };
        long seed = System.nanoTime();
        var random = new Random(seed);
        int right = 0;
        for (int i = 0; i < 50_000; i++) {
            var address = new StringBuilder("https://");
            for (int n = random.nextInt(6); n >= 0; n--) {
                address.append(parts[random.nextInt(parts.length)]);
            }
            String parsed = "HTTPS" + address.substring("https".length());
            assertThat(Uris.isHttp(address.toString()))
                    .as("%s, seed %d", address, seed)
                    .isEqualTo(Uris.tryHttp(parsed).isPresent());
            assertThat(Uris.origin(address.toString())).as("%s", address).isEqualTo(Uris.origin(parsed));
            assertThat(Uris.authority(address.toString())).as("%s", address).isEqualTo(Uris.authority(parsed));
            assertThat(Uris.host(address.toString())).as("%s", address).isEqualTo(Uris.host(parsed));
            right += Uris.isHttp(address.toString()) ? 1 : 0;
        }
        assertThat(right).isBetween(5_000, 45_000);
    }

    @Test
    void mediaTypesMustPromiseActivityPub() {
        assertThat(Vocabulary.isActivityJson("application/activity+json")).isTrue();
        assertThat(Vocabulary.isActivityJson("Application/Activity+JSON; charset=utf-8"))
                .isTrue();
        assertThat(Vocabulary.isActivityJson("application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\""))
                .isTrue();
        assertThat(Vocabulary.isActivityJson("application/ld+json")).isFalse();
        assertThat(Vocabulary.isActivityJson("application/json")).isFalse();
        assertThat(Vocabulary.isActivityJson("text/html")).isFalse();
    }
}
