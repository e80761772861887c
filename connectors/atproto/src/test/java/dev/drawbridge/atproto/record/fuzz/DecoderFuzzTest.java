package dev.drawbridge.atproto.record.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Bytes of strangers are either read or refused as malformed, whatever is in them; nothing else is thrown.
///
/// What is begun with is kept in `src/test/resources/fuzz`; what breaks a decoder belongs there. `-Dfuzz.seconds` is
/// how
/// long all of them together take, `-Dfuzz.seed` repeats a run, and `-Dfuzz.keep=FOLDER` keeps what was come upon.
class DecoderFuzzTest {
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("fuzz.seconds", 30));
    private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime() & Integer.MAX_VALUE);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void whatIsKnownIsReadOrRefused(Decoder decoder) {
        assertThat(Corpus.of(decoder).inputs()).isNotEmpty().allSatisfy(decoder::check);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsFoundIsReadOrRefused(Decoder decoder) throws Exception {
        Fuzzer.Result result =
                fuzzer(decoder).run(DecoderTarget.class, List.of(decoder.name()), seeds(Corpus.of(decoder)));
        assertThat(result.broken().stream().map(HexFormat.of()::formatHex))
                .as("inputs that break %s, with -Dfuzz.seed=%d: %s", decoder, SEED, result.output())
                .isEmpty();
        assertThat(result.exit()).as(result.output()).isZero();
    }

    @Test
    void theFuzzerFindsADefectBehindSeveralBranches() throws Exception {
        Fuzzer.Result result = new Fuzzer(folder, Duration.ofSeconds(60), SEED)
                .run(BrokenTarget.class, List.of(), seeds(Corpus.of(Decoder.CBOR)));
        assertThat(result.broken())
                .as(result.output())
                .singleElement()
                .satisfies(bytes -> assertThat(bytes).startsWith('c', 'b', 'o', 'r'));
        assertThat(result.exit()).isNotZero();
    }

    private Fuzzer fuzzer(Decoder decoder) {
        String keep = System.getProperty("fuzz.keep", "");
        Path place = keep.isEmpty() ? folder : Path.of(keep).resolve(decoder.folder());
        return new Fuzzer(place, TIME.dividedBy(Decoder.values().length), SEED);
    }

    private Path seeds(Corpus corpus) throws IOException {
        Path seeds = folder.resolve("seeds");
        corpus.writeTo(seeds);
        return seeds;
    }
}
