package dev.drawbridge.atproto.record.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// The inputs that are kept of a decoder: one on each line, in hexadecimal digits, in any file of its folder.
///
/// Those of `found.hex` are what the fuzzer came upon, each because it reached code that none before it had.
final class Corpus {
    private final List<byte[]> inputs = new ArrayList<>();

    private Corpus() {}

    static Corpus of(Decoder decoder) {
        var corpus = new Corpus();
        try (Stream<Path> files = Files.list(folder(decoder))) {
            for (Path file : files.sorted().toList()) {
                for (String line : Files.readAllLines(file)) {
                    corpus.inputs.add(HexFormat.of().parseHex(line.strip()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        corpus.inputs.addAll(decoder.golden(GoldenRepo.get()));
        return corpus;
    }

    List<byte[]> inputs() {
        return List.copyOf(inputs);
    }

    /// Writes each input as a file, which is how the fuzzer reads them.
    void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < inputs.size(); i++) {
            Files.write(folder.resolve("input-" + i), inputs.get(i));
        }
    }

    private static Path folder(Decoder decoder) {
        try {
            return Path.of(Objects.requireNonNull(Corpus.class.getResource("/fuzz/" + decoder.folder()))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
