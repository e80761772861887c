package dev.drawbridge.feed.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Times as feeds write them.
class FeedTimesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sun, 01 Mar 2026 12:00:00 GMT|2026-03-01T12:00:00Z",
                "Mon, 1 Mar 2026 12:00 EST|2026-03-01T17:00:00Z",
                "1 March 26 12:00:00 +0100|2026-03-01T11:00:00Z",
                "01-Mar-2026 12:00:00|2026-03-01T12:00:00Z",
                "Sunday, 01 Mar 2026|2026-03-01T00:00:00Z",
                "2026-03-01T12:00:00.123-05:30|2026-03-01T17:30:00Z",
                "2026-03-01 12:00:00 +0000|2026-03-01T12:00:00Z",
                "2026-03-01|2026-03-01T00:00:00Z",
                "Sun, 01 Mar 2026 23:59:60 UT|2026-03-01T23:59:59Z",
            })
    void areRead(String written, String meant) {
        assertThat(FeedTimes.read(written)).hasToString("Optional[" + meant + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "Thu, 01 Jan 1970 00:00:00 GMT",
                "30 Feb 2026 12:00:00 GMT",
                "2026-13-01",
                "9999-01-01T00:00:00Z",
                "32 Mar 2026",
                "2026-03-01T25:00:00Z",
                "0001-01-01T00:00:00Z"
            })
    void thatCannotBeAreNone(String written) {
        assertThat(FeedTimes.read(written)).isEmpty();
    }

    @Test
    void lengthsAreSecondsOrMinutesOrHours() {
        assertThat(FeedTimes.length("61")).contains(Duration.ofSeconds(61));
        assertThat(FeedTimes.length("1:02:03")).contains(Duration.ofSeconds(3_723));
        assertThat(FeedTimes.length("-1")).isEmpty();
        assertThat(FeedTimes.length("0")).isEmpty();
    }
}
