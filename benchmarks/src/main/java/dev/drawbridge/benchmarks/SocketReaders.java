package dev.drawbridge.benchmarks;

import dev.drawbridge.it.peers.PeerProcess;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Readers behind real WebSockets, in a process of their own, so that what reading costs them is not counted.
final class SocketReaders implements StreamReaders {
    private final AtomicLong received = new AtomicLong();
    private final PeerProcess process;

    /// Returns once all of them are connected.
    ///
    /// @param stream where the event stream is, `ws://…/xrpc/com.atproto.sync.subscribeRepos?cursor=…`
    SocketReaders(URI stream, int readers) {
        process = PeerProcess.start(
                "readers",
                List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SocketReadersMain.class.getName(),
                        stream.toString(),
                        Integer.toString(readers)),
                Map.of(),
                Path.of("").toAbsolutePath(),
                line -> line.equals(SocketReadersMain.READY) ? Optional.of(line) : Optional.empty(),
                this::count);
        process.ready();
    }

    private void count(String line) {
        if (line.startsWith(SocketReadersMain.RECEIVED)) {
            received.set(Long.parseLong(line.substring(SocketReadersMain.RECEIVED.length())));
        }
    }

    @Override
    public long received() {
        if (!process.alive()) {
            throw new IllegalStateException("the readers ended\n" + process.log());
        }
        return received.get();
    }

    @Override
    public void close() {
        process.close();
    }
}
