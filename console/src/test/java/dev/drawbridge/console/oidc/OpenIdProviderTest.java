package dev.drawbridge.console.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drawbridge.testkit.VirtualClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A provider that does not answer, or says what nobody can read, and people who are called like others.
@Timeout(60)
class OpenIdProviderTest {
    private static final String ANNA = "sub:248289761001";

    private final VirtualClock clock = new VirtualClock();
    private final FakeProvider fake = new FakeProvider(clock);

    private OpenIdProvider letting(String... allow) {
        var admitted = Arrays.stream(allow)
                .map(one -> Admission.parse(one).orElseThrow())
                .toList();
        var client = new OidcClient(
                FakeProvider.ISSUER,
                FakeProvider.CLIENT,
                Optional.of(FakeProvider.SECRET),
                admitted,
                List.of("email", "groups"),
                false);
        URI back = URI.create("https://bridge.example/back");
        return new OpenIdProvider(client, back, fake, new SecureRandom(), clock);
    }

    private String signIn(OpenIdProvider provider) {
        var question = provider.begin("state", false);
        return provider.read(question, fake.saysYes(question.page())).name();
    }

    private Refusal refusal(OpenIdProvider provider) {
        return catchThrowableOfType(Refusal.class, () -> signIn(provider));
    }

    private long asked(String path) {
        return fake.asked.stream().filter(one -> one.endsWith(path)).count();
    }

    @Test
    void keysThatCannotBeReadAreLeftOut() {
        fake.strangeKeys.addAll(List.of(
                Map.of("kty", "EC", "crv", "P-256", "kid", "half"),
                Map.of("kty", "RSA", "n", 1, "kid", "one"),
                Map.of("kty", "EC", "crv", "of-tomorrow", "x", "AA", "y", "AA"),
                Map.of("kty", "of-tomorrow"),
                Map.of()));
        assertThat(signIn(letting(ANNA))).isEqualTo(ANNA);
    }

    @Test
    void aKeyWithoutANameThatIsReplacedIsAskedForOnce() {
        OpenIdProvider provider = letting(ANNA);
        fake.rotateNameless();
        assertThat(signIn(provider)).isEqualTo(ANNA);
        clock.advance(Duration.ofMinutes(1));
        fake.rotateNameless();
        assertThat(signIn(provider)).isEqualTo(ANNA);
        fake.rotateNameless();
        assertThat(refusal(provider).why()).isEqualTo(Refusal.Why.WRONG);
        assertThat(asked("/keys")).as("not within half a minute").isEqualTo(2);
    }

    @Test
    void keysStayForADayWhenTheProviderDoesNotSayThem() {
        OpenIdProvider provider = letting(ANNA);
        fake.keysAway = true;
        assertThat(refusal(provider).why()).isEqualTo(Refusal.Why.AWAY);
        assertThat(refusal(provider).why()).isEqualTo(Refusal.Why.AWAY);
        assertThat(asked("/keys")).as("not within half a minute").isEqualTo(1);
        clock.advance(Duration.ofSeconds(31));
        fake.keysAway = false;
        assertThat(signIn(provider)).isEqualTo(ANNA);
        clock.advance(Duration.ofMinutes(61));
        fake.keysAway = true;
        assertThat(signIn(provider)).isEqualTo(ANNA);
        assertThat(signIn(provider)).isEqualTo(ANNA);
        assertThat(asked("/keys")).isEqualTo(3);
        clock.advance(Duration.ofDays(1));
        assertThat(refusal(provider).why()).isEqualTo(Refusal.Why.AWAY);
        clock.advance(Duration.ofSeconds(31));
        fake.keysAway = false;
        assertThat(signIn(provider)).isEqualTo(ANNA);
    }

    @Test
    void aDescriptionThatCannotBeHadIsNotAskedForAgainAtOnce() {
        OpenIdProvider provider = letting(ANNA);
        fake.away = true;
        assertThat(refusal(provider)).hasMessageContaining("no answer");
        fake.away = false;
        assertThat(refusal(provider)).hasMessageContaining("no answer (a moment ago)");
        assertThat(asked("openid-configuration")).isEqualTo(1);
        clock.advance(Duration.ofSeconds(16));
        assertThat(signIn(provider)).isEqualTo(ANNA);
    }

    @Test
    void oneAsksForTheDescriptionAtATime() throws InterruptedException {
        OpenIdProvider provider = letting(ANNA);
        var begun = new CountDownLatch(1);
        var answers = new CountDownLatch(1);
        fake.described = () -> {
            begun.countDown();
            try {
                answers.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
        var slow = new Thread(() -> provider.begin("slow", false));
        slow.start();
        begun.await();
        assertThat(refusal(provider)).hasMessageContaining("is being asked");
        answers.countDown();
        slow.join();
        assertThat(signIn(provider)).isEqualTo(ANNA);
        assertThat(asked("openid-configuration")).isEqualTo(1);
    }

    @Test
    void onlyLettersThatAreTheSameAreTheSame() {
        fake.whenAsked.put("email_verified", true);
        fake.whenAsked.put("email", "op@\u212a.example");
        assertThat(refusal(letting("email:op@k.example")).why()).isEqualTo(Refusal.Why.STRANGER);
        fake.whenAsked.put("email", "OP@K.example");
        assertThat(signIn(letting("email:Op@k.Example"))).isEqualTo("email:op@k.example");
        assertThat(refusal(letting("email:op@\u212a.example")).why()).isEqualTo(Refusal.Why.STRANGER);
    }

    @Test
    void aSubjectIsNotTheAddressOfSomebodyElse() {
        fake.inToken.put("sub", "op@bridge.example");
        assertThat(signIn(letting("sub:op@bridge.example"))).isEqualTo("sub:op@bridge.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u202e", "\u200b", "\u2028", "\u2029", "\u0000"})
    void whatIsNotSeenIsInNoName(String hidden) {
        fake.inToken.put("groups", List.of("bridge"));
        fake.inToken.put("email_verified", true);
        fake.inToken.put("email", "op" + hidden + "@bridge.example");
        assertThat(signIn(letting("group:bridge"))).isEqualTo(ANNA);
        fake.inToken.put("sub", "an" + hidden + "na");
        assertThat(refusal(letting("group:bridge"))).hasMessage("no subject");
    }

    @Test
    void theLogSaysOfAStrangerThatTheirAddressIsNotKnownToBeTheirs() {
        String doubt = "the provider does not say that the address is theirs";
        fake.whenAsked.put("email", "op@bridge.example");
        assertThat(refusal(letting("email:op@bridge.example"))).hasMessageContaining(doubt);
        fake.whenAsked.put("email_verified", true);
        assertThat(refusal(letting("email:other@bridge.example"))).hasMessage("nobody lets in 248289761001");
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    /// Anybody sends us one.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"RS256\",\"typ\":\"FORGED\\nline\"}",
                "{\"alg\":\"FORGED\\nline\"}",
                "{\"alg\":\"\"}",
                "{\"alg\":[\"FORGED\\nline\"]}",
                "{\"alg\":\"RS256\",\"crit\":\"FORGED\\nline\"}",
                "{\"alg\":\"RS256\",\"jwk\":{\"kty\":\"FORGED\\nline\"}}",
                "{\"alg\":\"RS256\",\"x5u\":\"FORGED\\nline\"}",
                "{\"alg\":\"RS256\",\"typ\":5}",
                "{\"FORGED\\nline",
                "FORGED\nline"
            })
    void nothingOfATokenThatNobodySignedIsInTheLog(String header) {
        String token = part(header) + "." + part("{\"iss\":\"FORGED\\nline\"}") + "." + part("FORGED");
        var asked = new AtomicInteger();
        Refusal refusal =
                catchThrowableOfType(Refusal.class, () -> letting(ANNA).signOut(token, counting(asked)));
        assertThat(refusal.getMessage()).doesNotContain("FORGED", "line", "\n");
        assertThat(asked).as("nobody is asked about it").hasValue(0);
    }

    @Test
    void whatARefusalSaysIsOneLine() {
        assertThat(new Refusal(Refusal.Why.AWAY, "a\nb\r\u2028\u202e" + "x".repeat(1_000)))
                .hasMessageMatching("a\uFFFDb\uFFFD{3}x{394}");
    }

    private static OpenIdProvider.Asking counting(AtomicInteger asked) {
        return new OpenIdProvider.Asking() {
            @Override
            public <T> T ask(Supplier<T> question) {
                asked.incrementAndGet();
                return question.get();
            }
        };
    }

    @Test
    void whileTheKeysAreKeptTheProviderIsNotAskedWhoSignedOut() {
        OpenIdProvider provider = letting(ANNA);
        var asked = new AtomicInteger();
        assertThat(provider.signOut(fake.signsOut(claims -> claims.claim("sid", "one")), counting(asked))
                        .session())
                .contains("one");
        assertThat(asked).as("nothing was kept").hasValue(1);
        provider.signOut(fake.signsOut(claims -> claims.claim("sid", "two")), counting(asked));
        assertThat(asked).hasValue(1);
        fake.signing = FakeProvider.Signing.OTHER_KEY;
        String forged = fake.signsOut(claims -> claims.claim("sid", "two"));
        assertThat(catchThrowableOfType(Refusal.class, () -> provider.signOut(forged, counting(asked)))
                        .why())
                .isEqualTo(Refusal.Why.WRONG);
        assertThat(asked).as("it may have another key").hasValue(2);
        fake.signing = FakeProvider.Signing.RS256;
        clock.advance(Duration.ofHours(23));
        provider.signOut(fake.signsOut(claims -> claims.claim("sid", "three")), counting(asked));
        assertThat(asked).hasValue(2);
        clock.advance(Duration.ofHours(2));
        provider.signOut(fake.signsOut(claims -> claims.claim("sid", "four")), counting(asked));
        assertThat(asked).as("they are old").hasValue(3);
    }
}
