package dev.drawbridge.config.instance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The folder of everything that must survive a restart.
final class DataFolder {
    private DataFolder() {}

    /// Makes the folder and makes sure that it can be written.
    ///
    /// @throws StartFailure if not
    static Path open(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(absolute);
            Files.delete(Files.createTempFile(absolute, ".write-", ".check"));
            return absolute;
        } catch (IOException e) {
            throw new StartFailure("the data folder " + absolute + " cannot be written: " + e.getMessage(), e);
        }
    }
}
