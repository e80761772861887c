package dev.drawbridge.config.instance;

import dev.drawbridge.config.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/// Asks the instance that runs on this machine with the same settings.
public final class RunningHere {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofMinutes(15);
    private final Settings settings;

    public RunningHere(Settings settings) {
        this.settings = settings;
    }

    /// It could not be asked, or did not answer what was asked.
    public static final class NoAnswer extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoAnswer(String message) {
            super(message);
        }
    }

    /// @param path behind the host, with its query
    /// @return the body
    /// @throws NoAnswer with a sentence for the operator
    public String get(String path) {
        return ask(path, HttpRequest.newBuilder());
    }

    /// The same with something to decide.
    ///
    /// @param json the body
    /// @throws NoAnswer with a sentence for the operator
    public String post(String path, String json) {
        return ask(
                path,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /// Fetches what may be large into a file.
    ///
    /// @param file must not be there; only whole files stay
    /// @throws NoAnswer with a sentence for the operator
    public void fetch(String path, Path file) {
        try {
            Files.createFile(file);
        } catch (IOException e) {
            throw new NoAnswer("cannot be written: " + e);
        }
        boolean whole = false;
        try {
            send(path, HttpRequest.newBuilder().timeout(LONG), HttpResponse.BodyHandlers.ofFile(file));
            whole = true;
        } finally {
            if (!whole) {
                discard(file);
            }
        }
    }

    private static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new NoAnswer("half of it is in " + file + ": " + e);
        }
    }

    private String ask(String path, HttpRequest.Builder question) {
        return send(path, question.timeout(PATIENCE), HttpResponse.BodyHandlers.ofString());
    }

    private <T> T send(String path, HttpRequest.Builder question, HttpResponse.BodyHandler<T> handler) {
        URI local = URI.create("http://" + settings.address().orElse("127.0.0.1") + ":" + settings.port());
        try (var client = HttpClient.newHttpClient()) {
            var request = question.uri(local.resolve(path))
                    .header("Authorization", "Bearer " + OperatorToken.read(settings.dataDir()))
                    .build();
            HttpResponse<T> answer = client.send(request, handler);
            if (answer.statusCode() / 100 != 2) {
                // Of a file only its name is known here.
                String said = answer.body() instanceof String text ? ": " + text.strip() : "";
                throw new NoAnswer("the instance at " + local + " answers " + answer.statusCode() + said);
            }
            return answer.body();
        } catch (NoSuchFileException e) {
            throw new NoAnswer("no instance was started with the data folder " + settings.dataDir());
        } catch (IOException e) {
            throw new NoAnswer("no instance answers at " + local + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswer("interrupted");
        }
    }
}
