package dev.drawbridge.broken.nostr.translate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A translator must not read files.
public record ReadsAFile(Path path) {
    public String text() throws IOException {
        return Files.readString(path);
    }
}
