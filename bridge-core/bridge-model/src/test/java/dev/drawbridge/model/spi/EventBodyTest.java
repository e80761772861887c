package dev.drawbridge.model.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class EventBodyTest {
    private final AtomicInteger calls = new AtomicInteger();
    private final Function<String, String> upper = text -> {
        calls.incrementAndGet();
        return text.toUpperCase(Locale.ROOT);
    };

    @Test
    void oneReaderReadsOnce() {
        var body = EventBody.of("abc");
        assertThat(body.read(upper)).isEqualTo("ABC");
        assertThat(body.read(upper)).isEqualTo("ABC");
        assertThat(calls).hasValue(1);
    }

    @Test
    void whatWasReadBeforeIsNotReadAgain() {
        assertThat(EventBody.of("abc", upper, "read before").read(upper)).isEqualTo("read before");
        assertThat(calls).hasValue(0);
    }

    @Test
    void anotherReaderReadsForItself() {
        var body = EventBody.of("abc", upper, "ABC");
        assertThat(body.read(String::length)).isEqualTo(3);
        assertThat(body.read(upper)).isEqualTo("ABC");
    }

    @Test
    void aReaderThatFailsLeavesNothing() {
        var body = EventBody.of("abc");
        assertThatThrownBy(() -> body.read(Integer::valueOf)).isInstanceOf(NumberFormatException.class);
        assertThat(body.read(upper)).isEqualTo("ABC");
    }

    @Test
    void bodiesOfOneTextAreEqualHoweverTheyWereRead() {
        var read = EventBody.of("abc", upper, "ABC");
        assertThat(read).isEqualTo(EventBody.of("abc")).hasSameHashCodeAs(EventBody.of("abc"));
        assertThat(read).isNotEqualTo(EventBody.of("abd")).hasToString("abc");
    }
}
