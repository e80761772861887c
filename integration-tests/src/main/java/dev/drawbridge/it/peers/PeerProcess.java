package dev.drawbridge.it.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/// A program that runs beside the tests and says when it is ready. It ends when its standard input does, so it does not
/// outlive a test run that is killed.
public final class PeerProcess implements AutoCloseable {
    /// How long anything may take to start on a loaded machine.
    public static final Duration START = Duration.ofSeconds(180);

    private static final int KEPT_LINES = 200;

    private final String name;
    private final Process process;
    private final Deque<String> lastLines = new ConcurrentLinkedDeque<>();
    private final CompletableFuture<String> ready = new CompletableFuture<>();

    private PeerProcess(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    /// Starts a program and waits until one of its lines is an answer for `readiness`.
    ///
    /// @param readiness makes the answer of a line of output; empty while it is not there yet
    /// @param lines told every line of standard output
    public static PeerProcess start(
            String name,
            List<String> command,
            Map<String, String> environment,
            Path workingDirectory,
            Function<String, Optional<String>> readiness,
            Consumer<String> lines) {
        var builder = new ProcessBuilder(command).directory(workingDirectory.toFile());
        builder.environment().putAll(environment);
        PeerProcess peer;
        try {
            peer = new PeerProcess(name, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        peer.read(peer.process.getInputStream(), line -> {
            readiness.apply(line).ifPresent(peer.ready::complete);
            lines.accept(line);
        });
        peer.read(peer.process.getErrorStream(), _ -> {});
        peer.process
                .onExit()
                .thenRun(() -> peer.ready.completeExceptionally(
                        new IllegalStateException(name + " ended with " + peer.process.exitValue())));
        return peer;
    }

    /// What the program said when it was ready.
    ///
    /// @throws IllegalStateException with its last lines, if it ended or is not ready in time
    public String ready() {
        try {
            return ready.get(START.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            close();
            throw new IllegalStateException(name + " did not start\n" + log(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Its last lines, errors included.
    public String log() {
        return String.join("\n", lastLines);
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /// Writes a line to its standard input.
    public void tell(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " does not listen\n" + log(), e);
        }
    }

    /// Ends its standard input.
    public void tellTheEnd() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " does not listen\n" + log(), e);
        }
    }

    /// Waits for the program to end by itself.
    ///
    /// @return its exit code
    public int await(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(name + " still runs after " + patience + "\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// As `kill -9` does: no hook runs, nothing is flushed.
    public void kill() {
        process.destroyForcibly();
        await(Duration.ofSeconds(30));
    }

    /// Asks it to end, and insists after some seconds.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(15, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void read(InputStream stream, Consumer<String> lines) {
        // A pipe holds the thread that reads it: a virtual one would keep its carrier from all others.
        Thread.ofPlatform().daemon().start(() -> {
            try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    lastLines.addLast(line);
                    if (lastLines.size() > KEPT_LINES) {
                        lastLines.pollFirst();
                    }
                    lines.accept(line);
                }
            } catch (IOException e) {
                lastLines.addLast("(output lost: " + e + ")");
            }
        });
    }
}
