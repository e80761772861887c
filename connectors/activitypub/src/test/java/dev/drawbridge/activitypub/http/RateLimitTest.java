package dev.drawbridge.activitypub.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.testkit.VirtualClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {
    private final VirtualClock clock = new VirtualClock();
    private final RateLimit limit = new RateLimit(300, clock);
    private final Endpoint.Http notes = limited("notes");

    private Endpoint.Http limited(String kind) {
        return (Endpoint.Http) limit.around(kind, List.of(Endpoint.Http.get("/x", _ -> HttpReply.of(200))))
                .getFirst();
    }

    private static HttpReply ask(Endpoint.Http endpoint, String remote) {
        var call = new HttpCall("GET", URI.create("https://a.example/x"), Map.of(), Map.of(), new byte[0], remote);
        return endpoint.handler().handle(call);
    }

    private int answered(String remote, int times) {
        int answered = 0;
        for (int i = 0; i < times; i++) {
            answered += ask(notes, remote).status() == 200 ? 1 : 0;
        }
        return answered;
    }

    @Test
    void afterThreeHundredInFiveMinutesOneWaitsForASecond() {
        assertThat(answered("192.0.2.1", 301)).isEqualTo(300);
        HttpReply refused = ask(notes, "192.0.2.1");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.headers()).containsEntry("Retry-After", "1");
        clock.advance(Duration.ofMillis(999));
        assertThat(ask(notes, "192.0.2.1").status()).isEqualTo(429);
        clock.advance(Duration.ofMillis(1));
        assertThat(answered("192.0.2.1", 5)).isEqualTo(1);
    }

    @Test
    void aBucketFillsInFiveMinutesAndNoFurther() {
        assertThat(answered("192.0.2.1", 300)).isEqualTo(300);
        clock.advance(RateLimit.WINDOW.dividedBy(2));
        assertThat(answered("192.0.2.1", 300)).isEqualTo(150);
        clock.advance(Duration.ofDays(7));
        assertThat(answered("192.0.2.1", 1000)).isEqualTo(300);
    }

    @Test
    void whoAsksLittleWaitsLong() {
        var slow = new RateLimit(1, clock);
        var endpoint = (Endpoint.Http) slow.around("x", List.of(Endpoint.Http.get("/x", _ -> HttpReply.of(200))))
                .getFirst();
        assertThat(ask(endpoint, "192.0.2.1").status()).isEqualTo(200);
        assertThat(ask(endpoint, "192.0.2.1").headers()).containsEntry("Retry-After", "300");
        clock.advance(Duration.ofSeconds(200));
        assertThat(ask(endpoint, "192.0.2.1").headers()).containsEntry("Retry-After", "100");
    }

    @Test
    void aClockThatIsSetBackTakesNothingAway() {
        assertThat(answered("192.0.2.1", 299)).isEqualTo(299);
        clock.advance(Duration.ofHours(-1));
        assertThat(answered("192.0.2.1", 2)).isEqualTo(1);
    }

    @Test
    void othersAndOtherThingsHaveBucketsOfTheirOwn() {
        assertThat(answered("192.0.2.1", 301)).isEqualTo(300);
        assertThat(answered("192.0.2.2", 1)).isEqualTo(1);
        assertThat(ask(limited("people"), "192.0.2.1").status()).isEqualTo(200);
    }

    @Test
    void oneCustomersIpv6AddressesAreOne() {
        assertThat(answered("2001:db8:0:1::1", 300)).isEqualTo(300);
        assertThat(answered("2001:db8:0:1:ffff::9", 1)).isZero();
        assertThat(answered("2001:db8:0:2::1", 1)).isEqualTo(1);
    }

    /// Whoever comes from there is a proxy that nobody declared, and behind it is the whole world.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "::1",
                "10.1.2.3",
                "192.168.0.1",
                "172.16.0.1",
                "fd00::1",
                "fe80::1",
                "::ffff:10.0.0.1"
            })
    void addressesThatAreNotPublicAreNotLimited(String remote) {
        assertThat(answered(remote, 1000)).isEqualTo(1000);
    }

    @Test
    void memoryIsBounded() {
        for (int i = 0; i < 150_000; i++) {
            ask(notes, "198." + (i >> 16) + "." + (i >> 8 & 0xff) + "." + (i & 0xff));
        }
        assertThat(limit.remembered()).isLessThanOrEqualTo(100_000);
    }

    @Test
    void zeroIsNoLimitAndOtherMethodsHaveNone() {
        var open = List.<Endpoint>of(Endpoint.Http.get("/x", _ -> HttpReply.of(200)));
        assertThat(new RateLimit(0, clock).around("x", open)).isEqualTo(open);
        var post = List.<Endpoint>of(Endpoint.Http.post("/x", 1, _ -> HttpReply.of(200)));
        assertThat(limit.around("x", post)).isEqualTo(post);
    }
}
