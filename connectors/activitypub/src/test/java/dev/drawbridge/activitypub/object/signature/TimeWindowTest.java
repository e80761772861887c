package dev.drawbridge.activitypub.object.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Dates of HTTP, RFC 9110 §5.6.7.
class TimeWindowTest {
    @Test
    void readsWhatItWrites() {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        for (int i = 0; i < 10_000; i++) {
            Instant time = Instant.ofEpochSecond(random.nextLong(0, 253_402_300_799L));
            assertThat(TimeWindow.httpDate(TimeWindow.httpDate(time))).contains(time);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sun, 06 Nov 1994 08:49:37 GMT",
                "  Sun, 06 Nov 1994 08:49:37 GMT ",
                "Sun, 6 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 08:49:37 +0100",
                "Thu, 29 Feb 2024 00:00:00 GMT",
                "Mon, 06 Nov 1994 08:49:37 GMT",
                "Wed, 29 Feb 2023 00:00:00 GMT",
                "Sun, 06 Nov 1994 24:00:00 GMT",
                "Sun, 06 Nov 1994 08:60:37 GMT",
                "Sun, 00 Nov 1994 08:49:37 GMT",
                "Sun, 31 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nvo 1994 08:49:37 GMT",
                "Sun, 06 anF 1994 08:49:37 GMT",
                "unM, 06 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 08:49:3x GMT",
                "Sun, 06 Nov 1994 08:49:37 UTC",
                "Sunday, 06-Nov-94 08:49:37 GMT",
                "yesterday",
                ""
            })
    void readsTheSameAsTheFormatterOfTheJdk(String date) {
        assertThat(TimeWindow.httpDate(date)).isEqualTo(ofJdk(date));
    }

    private static Optional<Instant> ofJdk(String date) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.strip(), Instant::from));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
