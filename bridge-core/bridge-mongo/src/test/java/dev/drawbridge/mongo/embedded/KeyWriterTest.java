package dev.drawbridge.mongo.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyWriterTest {
    @Test
    void valuesSortAsMongoComparesThem() {
        List<Object> inOrder = Arrays.asList(
                null,
                Double.NEGATIVE_INFINITY,
                Long.MIN_VALUE,
                Long.MIN_VALUE + 1,
                -1.5,
                -1,
                -0.25,
                0,
                1e-9,
                1,
                1.5,
                2L,
                (1L << 53) - 1,
                1L << 53,
                (1L << 53) + 1,
                (1L << 53) + 2,
                Long.MAX_VALUE - 1,
                1e300,
                "",
                "\0",
                "\0\0",
                "\0a",
                "a",
                "a\0",
                "a\0b",
                "aa",
                "ab",
                "b",
                "é",
                "\uffee",
                "🌉",
                new Document("a", 1),
                List.of("a"),
                new BinData(new byte[] {2}),
                new BinData(new byte[] {1, 0}),
                new ObjectId(new byte[12]),
                false,
                true,
                Instant.EPOCH.minusMillis(1),
                Instant.EPOCH,
                Instant.EPOCH.plusMillis(1));
        List<Key> keys = inOrder.stream().map(KeyWriter::key).toList();
        List<Key> shuffled = new java.util.ArrayList<>(keys);
        Collections.shuffle(shuffled, new Random(7));
        assertThat(shuffled.stream().sorted()).containsExactlyElementsOf(keys);
        assertThat(keys).doesNotHaveDuplicates();
    }

    @Test
    void equalNumbersOfDifferentTypesGiveTheSameKey() {
        assertThat(KeyWriter.key(1)).isEqualTo(KeyWriter.key(1L)).isEqualTo(KeyWriter.key(1.0));
        assertThat(KeyWriter.key(0.0)).isEqualTo(KeyWriter.key(-0.0)).isEqualTo(KeyWriter.key(0));
        assertThat(KeyWriter.key(1L << 60)).isEqualTo(KeyWriter.key((double) (1L << 60)));
        assertThat(KeyWriter.key(new Document("n", 1))).isEqualTo(KeyWriter.key(new Document("n", 1L)));
    }

    @Test
    void compoundKeysNeverRunIntoEachOther() {
        assertThat(KeyWriter.key("a").then(KeyWriter.key("bc")))
                .isNotEqualTo(KeyWriter.key("ab").then(KeyWriter.key("c")));
        assertThat(KeyWriter.key("a\0").then(KeyWriter.key("")))
                .isNotEqualTo(KeyWriter.key("a").then(KeyWriter.key("\0")));
        assertThat(KeyWriter.key("a").then(KeyWriter.key("z")))
                .isLessThan(KeyWriter.key("a\0").then(KeyWriter.key("a")));
    }

    @Test
    void everyKeyThatBeginsWithAnotherLiesBeforeItsEnd() {
        Key prefix = KeyWriter.key("a");
        for (Object value : Arrays.asList(null, Long.MAX_VALUE, "🌉", true, Instant.EPOCH)) {
            assertThat(prefix.then(KeyWriter.key(value))).isGreaterThan(prefix).isLessThan(prefix.end());
        }
        assertThat(prefix.end()).isLessThan(KeyWriter.key("aa"));
    }
}
