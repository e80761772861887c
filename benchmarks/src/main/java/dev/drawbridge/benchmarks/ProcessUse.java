package dev.drawbridge.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What a process of this machine has used, as the kernel counts it (`proc(5)`).
///
/// @param pid of a process that is there
record ProcessUse(long pid) {
    /// `USER_HZ`, the same on every Linux machine.
    private static final double TICKS_PER_SECOND = 100;

    private static final int UTIME = 11;
    private static final int STIME = 12;

    /// Processor seconds since it began, in user and in kernel mode, all threads together.
    double cpuSeconds() {
        return seconds(read("stat"));
    }

    /// Processor seconds of each thread that compiles, by its id, if it is a JVM.
    Map<String, Double> compilerSeconds() {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            Map<String, Double> found = new HashMap<>();
            threads.forEach(thread -> compiler(thread).ifPresent(used -> found.put(thread.toString(), used)));
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The kernel cuts names of threads after 15 characters.
    private static Optional<Double> compiler(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            return stat.contains("(C1 CompilerThre)") || stat.contains("(C2 CompilerThre)")
                    ? Optional.of(seconds(stat))
                    : Optional.empty();
        } catch (IOException ended) {
            return Optional.empty();
        }
    }

    /// What it occupies now.
    double residentMiB() {
        return read("status")
                        .lines()
                        .filter(l -> l.startsWith("VmRSS:"))
                        .mapToLong(l -> Long.parseLong(l.replaceAll("\\D+", "")))
                        .findFirst()
                        .orElseThrow()
                / 1024.0;
    }

    /// @param stat begins with a name in parentheses, which may hold anything
    private static double seconds(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) / TICKS_PER_SECOND;
    }

    private String read(String file) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/" + file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
