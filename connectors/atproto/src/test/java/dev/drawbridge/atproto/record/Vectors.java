package dev.drawbridge.atproto.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Test vectors of others, which lie beside the project where they were fetched. Tests that read them are skipped
/// elsewhere; each has a smaller set of its own for that case.
public final class Vectors {
    private static final Path ROOT = Path.of("../../../shared/vectors/atproto");

    private Vectors() {}

    /// A set of our own, which is there on every machine.
    public static JsonNode own(String name) {
        try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + name)) {
            return new JsonMapper().readTree(Objects.requireNonNull(in, name).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JsonNode json(String name) {
        try {
            return new JsonMapper().readTree(Files.readAllBytes(file(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Lines that are neither empty nor comments, exactly as they are.
    public static List<String> lines(String name) {
        try (Stream<String> lines = Files.lines(file(name))) {
            return lines.filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] bytes(String name) {
        try {
            return Files.readAllBytes(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<Path> folder(String name) {
        try (Stream<Path> files = Files.list(file(name))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(String name) {
        Assumptions.assumeTrue(Files.isDirectory(ROOT), "vectors are not here");
        return ROOT.resolve(name);
    }
}
