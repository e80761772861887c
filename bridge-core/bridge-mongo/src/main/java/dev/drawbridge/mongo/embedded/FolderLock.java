package dev.drawbridge.mongo.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// Keeps a data folder for one process. The operating system takes the lock away when the process ends, however
/// it ends.
final class FolderLock implements AutoCloseable {
    private final FileChannel file;

    private FolderLock(FileChannel file) {
        this.file = file;
    }

    /// @throws IllegalStateException if another instance has the folder
    /// @throws UncheckedIOException if the lock file cannot be written
    static FolderLock take(Path folder) {
        Path path = folder.resolve("lock");
        try {
            FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(file).isEmpty()) {
                file.close();
                String holder = Files.readString(path).strip();
                throw new IllegalStateException("the data folder " + folder.toAbsolutePath()
                        + " is in use by another instance" + (holder.isEmpty() ? "" : " (process " + holder + ")")
                        + "; stop it, or choose another folder");
            }
            file.truncate(0);
            String pid = Long.toString(ProcessHandle.current().pid());
            file.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)));
            return new FolderLock(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + path.toAbsolutePath(), e);
        }
    }

    private static Optional<FileLock> lock(FileChannel file) throws IOException {
        try {
            return Optional.ofNullable(file.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
