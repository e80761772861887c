package dev.drawbridge.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/// Where and when something was measured.
final class Machine {
    private Machine() {}

    /// One line for above a table.
    static String today() {
        return "%s, %d cores, %s, JDK %s."
                .formatted(LocalDate.now(), Runtime.getRuntime().availableProcessors(), processor(), Runtime.version());
    }

    private static String processor() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(l -> l.startsWith("model name"))
                    .map(l -> l.substring(l.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown processor");
        } catch (IOException e) {
            return "unknown processor";
        }
    }
}
