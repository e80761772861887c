package dev.drawbridge.atproto.store;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Optional;

/// A process that publishes.
///
/// @param host as its system calls it
/// @param started when, in milliseconds: tells it from a later process with the same number
record Holder(String host, long pid, long started) {
    static Holder ofThisProcess() {
        ProcessHandle self = ProcessHandle.current();
        String name = ManagementFactory.getRuntimeMXBean().getName();
        return new Holder(name.substring(name.indexOf('@') + 1), self.pid(), started(self));
    }

    /// Whether this process cannot publish any more, as far as `self` can tell: it is `self`, or one of the same host
    /// that has ended.
    boolean isOver(Holder self) {
        if (!host.equals(self.host)) {
            return false;
        }
        if (pid == self.pid) {
            return true;
        }
        Optional<ProcessHandle> now = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        return now.isEmpty() || started(now.get()) != started;
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    @Override
    public String toString() {
        return "process " + pid + " on " + host;
    }
}
