package dev.drawbridge.nostr.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.nostr.People;
import dev.drawbridge.nostr.event.HttpAuth.Request;
import dev.drawbridge.nostr.event.HttpAuth.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAuthTest {
    private static final long NOW = 1_700_000_000;
    private static final String URL = "https://bridge.example/api/consent?network=atproto";
    private static final byte[] NOTHING = {};
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);
    private static final String HASH_OF_HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    private final People people = new People();
    private final People.Person alice = people.person("alice");
    private final HttpAuth auth = new HttpAuth(People.VERIFIER);

    @Test
    void acceptsWhatItsAuthorSignedForThisRequest() {
        Event event = event(Tag.of("u", URL), Tag.of("method", "GET"));

        assertThat(check(event, "GET", NOTHING)).isEqualTo(new Verdict.Accepted(alice.key, event.id()));
    }

    @Test
    void acceptsTheSchemeInAnyCase() {
        Event event = event(Tag.of("u", URL), Tag.of("method", "GET"));

        Verdict verdict = auth.check(Optional.of("nostr " + base64(event.json())), get(), Instant.ofEpochSecond(NOW));

        assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void acceptsABodyWhoseHashIsNamed() {
        Event event = event(Tag.of("u", URL), Tag.of("method", "POST"), Tag.of("payload", HASH_OF_HELLO));

        assertThat(check(event, "POST", HELLO)).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void acceptsEverySpellingTheServerKnows() {
        Event event = event(Tag.of("u", "wss://bridge.example"), Tag.of("method", "POST"));
        var request = new Request("POST", Set.of("https://bridge.example/", "wss://bridge.example"), NOTHING);

        assertThat(auth.check(header(event), request, Instant.ofEpochSecond(NOW)))
                .isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void refusesABodyThatIsNotTheNamedOne() {
        Tag hash = Tag.of("payload", HASH_OF_HELLO);
        Tag upper = Tag.of("payload", HASH_OF_HELLO.toUpperCase(java.util.Locale.ROOT));
        Tag url = Tag.of("u", URL);
        Tag post = Tag.of("method", "POST");

        refuses(event(url, post, hash), "POST", "hellO".getBytes(StandardCharsets.UTF_8), "payload");
        refuses(event(url, post), "POST", HELLO, "payload");
        refuses(event(url, post, hash), "POST", NOTHING, "payload");
        refuses(event(url, post, upper), "POST", HELLO, "payload");
        refuses(event(url, post, hash, Tag.of("payload", "00")), "POST", HELLO, "payload");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://bridge.example/api/consent",
                "http://bridge.example/api/consent?network=atproto",
                "https://bridge.example/api/consent?network=atproto&x",
                "https://BRIDGE.example/api/consent?network=atproto",
                "https://other.example/api/consent?network=atproto",
                ""
            })
    void refusesAnyOtherAddress(String url) {
        refuses(event(Tag.of("u", url), Tag.of("method", "GET")), "GET", NOTHING, "u tag");
    }

    @Test
    void refusesAnotherMethodKindOrTwoOfOne() {
        Tag url = Tag.of("u", URL);
        Tag get = Tag.of("method", "GET");

        refuses(event(url, Tag.of("method", "POST")), "GET", NOTHING, "method");
        refuses(event(url, Tag.of("method", "get")), "GET", NOTHING, "method");
        refuses(event(url), "GET", NOTHING, "method");
        refuses(event(get), "GET", NOTHING, "u tag");
        refuses(event(url, url, get), "GET", NOTHING, "u tag");
        refuses(event(url, get, Tag.of("method", "DELETE")), "GET", NOTHING, "method");
        refuses(alice.event(1, NOW, "", url, get), "GET", NOTHING, "kind");
    }

    @Test
    void isGoodForAMinuteBothWays() {
        for (long off : new long[] {-60, 60}) {
            assertThat(check(at(NOW + off), "GET", NOTHING)).isInstanceOf(Verdict.Accepted.class);
        }
        for (long off : new long[] {-61, 61, -100_000, 100_000}) {
            refuses(at(NOW + off), "GET", NOTHING, "created_at");
        }
    }

    @Test
    void refusesWhatNobodySigned() {
        Event event = at(NOW);
        Event other = people.person("bob").event(Kind.HTTP_AUTH, NOW, "");
        var wrongSignature =
                new Event(event.id(), event.pubkey(), event.createdAt(), event.kind(), event.tags(), "", other.sig());
        var wrongId =
                new Event(other.id(), event.pubkey(), event.createdAt(), event.kind(), event.tags(), "", event.sig());

        refuses(wrongSignature, "GET", NOTHING, "signature");
        refuses(wrongId, "GET", NOTHING, "id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Nostr", "Nostr ", "Nostr %%%", "Nostr e30=", "Bearer e30=", "Nostr bm90IGpzb24="})
    void refusesWhatCannotBeRead(String header) {
        assertThat(auth.check(Optional.of(header), get(), Instant.ofEpochSecond(NOW)))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class, r -> assertThat(r.reason()).startsWith("authorization, "));
    }

    @Test
    void refusesHeadersLongerThanAnybodyNeedsAndNone() {
        assertThat(auth.check(Optional.of("Nostr " + "A".repeat(20_000)), get(), Instant.ofEpochSecond(NOW)))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class, r -> assertThat(r.reason()).contains("longer than"));
        assertThat(auth.check(Optional.empty(), get(), Instant.ofEpochSecond(NOW)))
                .isInstanceOf(Verdict.Refused.class);
    }

    private Event event(Tag... tags) {
        return alice.event(Kind.HTTP_AUTH, NOW, "", tags);
    }

    private Event at(long seconds) {
        return alice.event(Kind.HTTP_AUTH, seconds, "", Tag.of("u", URL), Tag.of("method", "GET"));
    }

    private void refuses(Event event, String method, byte[] body, String word) {
        assertThat(check(event, method, body))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class, r -> assertThat(r.reason()).contains(word));
    }

    private Verdict check(Event event, String method, byte[] body) {
        return auth.check(header(event), new Request(method, Set.of(URL), body), Instant.ofEpochSecond(NOW));
    }

    private static Request get() {
        return new Request("GET", Set.of(URL), NOTHING);
    }

    private static Optional<String> header(Event event) {
        return Optional.of("Nostr " + base64(event.json()));
    }

    private static String base64(String json) {
        return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
