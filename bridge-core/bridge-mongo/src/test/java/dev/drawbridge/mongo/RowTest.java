package dev.drawbridge.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class RowTest {
    @Test
    void timesSortAsTextAndKeepTheirNanoseconds() {
        List<Instant> times = List.of(
                Instant.EPOCH,
                Instant.EPOCH.plusNanos(1),
                Instant.EPOCH.plusMillis(1),
                Instant.EPOCH.plusSeconds(1),
                Instant.parse("2026-03-01T12:00:00.5Z"),
                Instant.parse("2026-03-01T12:00:01Z"));
        assertThat(times.stream().map(Row::write)).isSorted();
        assertThat(times.stream().map(Row::write).map(Instant::parse)).isEqualTo(times);
        assertThat(Instant.parse(Row.write(Instant.MAX))).isEqualTo(Instant.MAX);
    }

    @Test
    void keysOfDifferentPartsDiffer() {
        assertThat(Row.key("a b", "c")).isNotEqualTo(Row.key("a", "b c"));
        assertThat(Row.key("a%20b")).isNotEqualTo(Row.key("a b"));
        assertThat(Row.key("a", "b")).isEqualTo("a b");
    }

    @Test
    void aFieldThatShouldBeThereAndIsNotIsNamed() {
        Row row = new Row(new Document("_id", "x"));
        assertThat(row.optionalText("name")).isEmpty();
        assertThatThrownBy(() -> row.text("name")).hasMessage("stored document x has no name");
        assertThatThrownBy(() -> row.flag("f")).hasMessage("stored document x has no f");
        assertThatThrownBy(() -> row.number("n")).hasMessage("stored document x has no n");
        assertThatThrownBy(() -> row.bytes("b")).hasMessage("stored document x has no b");
        assertThatThrownBy(() -> row.child("c")).hasMessage("stored document x has no c");
        assertThatThrownBy(() -> row.texts("t")).hasMessage("stored document x has no t");
        assertThatThrownBy(() -> row.children("k")).hasMessage("stored document x has no k");
    }
}
