package dev.drawbridge.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
        // The name of the program stands in parentheses and may hold anything.
        String stat = read("stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) / TICKS_PER_SECOND;
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

    private String read(String file) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/" + file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
