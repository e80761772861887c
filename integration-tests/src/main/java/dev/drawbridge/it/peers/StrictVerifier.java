package dev.drawbridge.it.peers;

/// Reads a firehose while it is written and checks it as strictly as the specification allows a relay to. When the host
/// goes away it comes back with its cursor, and remembers where each repository stood.
public final class StrictVerifier implements AutoCloseable {
    private final PeerProcess process;

    StrictVerifier(PeerProcess process) {
        this.process = process;
    }

    /// Waits until every repository that was seen stands where the host says it does.
    public Verdict finish() {
        process.tellTheEnd();
        return Verdict.of(process);
    }

    @Override
    public void close() {
        process.close();
    }
}
