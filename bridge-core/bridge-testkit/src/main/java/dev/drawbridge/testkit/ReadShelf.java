package dev.drawbridge.testkit;

import dev.drawbridge.model.spi.Shelf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What a connector put somewhere, in memory.
public final class ReadShelf implements Shelf {
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    /// What puts files.
    @FunctionalInterface
    public interface Giver {
        void to(Shelf shelf) throws IOException;
    }

    /// Takes everything at once.
    public static ReadShelf of(Giver giver) {
        var shelf = new ReadShelf();
        try {
            giver.to(shelf);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return shelf;
    }

    @Override
    public void put(String name, Content content) throws IOException {
        var out = new ByteArrayOutputStream();
        content.writeTo(out);
        if (files.put(name, out.toByteArray()) != null) {
            throw new AssertionError("put twice: " + name);
        }
    }

    public List<String> names() {
        return List.copyOf(files.keySet());
    }

    public byte[] bytes(String name) {
        return Objects.requireNonNull(files.get(name), () -> "no " + name).clone();
    }

    public List<String> lines(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8).lines().toList();
    }
}
