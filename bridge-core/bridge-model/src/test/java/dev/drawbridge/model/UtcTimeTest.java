package dev.drawbridge.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UtcTimeTest {
    @Test
    void readsWhatInstantsWrite() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            long second = random.nextLong(-62_135_596_800L, 253_402_300_800L);
            int nano = random.nextInt(1_000_000_000);
            Instant at = Instant.ofEpochSecond(
                    second,
                    switch (random.nextInt(4)) {
                        case 0 -> 0;
                        case 1 -> nano / 1_000_000 * 1_000_000;
                        case 2 -> nano / 1_000 * 1_000;
                        default -> nano;
                    });
            assertThat(UtcTime.tryParse(at.toString())).as("seed %d", seed).contains(at);
        }
    }

    @Test
    void anyNumberOfDigitsUpToNineIsAPartOfASecond() {
        assertThat(UtcTime.tryParse("2026-03-01T12:00:00.5Z")).contains(Instant.parse("2026-03-01T12:00:00.500Z"));
        assertThat(UtcTime.tryParse("2026-03-01T12:00:00.123456789Z"))
                .contains(Instant.parse("2026-03-01T12:00:00.123456789Z"));
        assertThat(UtcTime.tryParse("2024-02-29T23:59:59Z")).contains(Instant.parse("2024-02-29T23:59:59Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-03-01",
                "2026-03-01T12:00:00",
                "2026-03-01T12:00:00z",
                "2026-03-01t12:00:00Z",
                "2026-03-01 12:00:00Z",
                "2026-03-01T12:00:00+00:00",
                "2026-03-01T12:00:00.Z",
                "2026-03-01T12:00:00,5Z",
                "2026-03-01T12:00:00.1234567890Z",
                "2026-03-01T12:00:00.12x4Z",
                "2026-03-01T12:00:00.-5Z",
                "2026-02-29T12:00:00Z",
                "2026-13-01T12:00:00Z",
                "2026-00-01T12:00:00Z",
                "2026-01-00T12:00:00Z",
                "2026-04-31T12:00:00Z",
                "2026-01-01T24:00:00Z",
                "2026-01-01T10:60:00Z",
                "2016-12-31T23:59:60Z",
                "0000-01-01T10:00:00Z",
                "+2026-01-01T10:00:00Z",
                "٢٠٢٦-01-01T10:00:00Z"
            })
    void everythingElseIsLeftToOthers(String text) {
        assertThat(UtcTime.tryParse(text)).isEmpty();
    }
}
