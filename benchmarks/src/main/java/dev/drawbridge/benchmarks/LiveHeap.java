package dev.drawbridge.benchmarks;

import dev.drawbridge.it.instance.RunningInstance;
import dev.drawbridge.it.peers.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// What an instance really holds: its heap after a full collection, and what its process occupies.
final class LiveHeap {
    private static final double MIB = 1024 * 1024;
    private static final int PATIENCE_SECONDS = 60;

    private final RunningInstance instance;
    private final Http http = new Http();
    private double highestHeap;
    private double highestResident;

    LiveHeap(RunningInstance instance) {
        this.instance = instance;
    }

    /// Has everything collected that nobody needs.
    ///
    /// @return what is left, in MiB
    double look() {
        double resident = new ProcessUse(instance.pid()).residentMiB();
        collect();
        double heap = used();
        highestHeap = Math.max(highestHeap, heap);
        highestResident = Math.max(highestResident, resident);
        return heap;
    }

    /// The highest of what follows counts.
    void forget() {
        highestHeap = 0;
        highestResident = 0;
    }

    /// The highest of all looks, in MiB.
    double highest() {
        return highestHeap;
    }

    /// The most the process occupied at a look, before the collection, in MiB.
    double highestResident() {
        return highestResident;
    }

    private void collect() {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process process = new ProcessBuilder(jcmd, Long.toString(instance.pid()), "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException("jcmd does not collect");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private double used() {
        return http.get(instance.base().resolve("/actuator/prometheus"))
                        .text()
                        .lines()
                        .filter(l -> l.startsWith("jvm_memory_used_bytes{area=\"heap\""))
                        .mapToDouble(l -> Double.parseDouble(l.substring(l.lastIndexOf(' ') + 1)))
                        .sum()
                / MIB;
    }
}
