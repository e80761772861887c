package dev.drawbridge.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// The working copy these tests run in.
public record ProjectTree(Path root) {
    private static final Set<String> SKIPPED = Set.of("target", "node_modules", ".git", "generated", "data");

    /// Looks upwards from the working directory.
    public static ProjectTree find() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(at.resolve(".mvn"))) {
            at = at.getParent();
            if (at == null) {
                throw new IllegalStateException("not inside the project: no .mvn above the working directory");
            }
        }
        return new ProjectTree(at);
    }

    /// One folder per network under `connectors/`, by name.
    public List<String> connectors() {
        try (var folders = Files.list(root.resolve("connectors"))) {
            return folders.filter(f -> Files.isRegularFile(f.resolve("pom.xml")))
                    .map(f -> f.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Java sources outside build output.
    public List<Path> javaFiles() {
        return files(f -> f.getFileName().toString().endsWith(".java"));
    }

    /// Files outside build output, relative to the root, sorted.
    public List<Path> files(Predicate<Path> wanted) {
        var found = new ArrayList<Path>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
                    return SKIPPED.contains(dir.getFileName().toString()) && !isSourceFolder(dir)
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (wanted.test(file)) {
                        found.add(root.relativize(file));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.stream().sorted().toList();
    }

    public String read(Path relative) {
        try {
            return Files.readString(root.resolve(relative));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isSourceFolder(Path dir) {
        return root.relativize(dir).toString().contains("src/main/java")
                || root.relativize(dir).toString().contains("src/test/java");
    }
}
