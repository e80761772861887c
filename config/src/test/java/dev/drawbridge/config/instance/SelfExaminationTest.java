package dev.drawbridge.config.instance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.drawbridge.engine.Connectors;
import dev.drawbridge.engine.Examiner;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.Finding;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.NetworkConnector;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfExaminationTest {
    private static final Finding BAD = new Finding(Finding.Mark.BAD, "dove", "lost a feather", "find it");
    private static final Finding GOOD = new Finding(Finding.Mark.GOOD, "dove", "flies", "");

    @TempDir
    private Path folder;

    private HttpServer server;
    private Endpoint.Http endpoint;
    private URI local;

    @BeforeEach
    void start() throws IOException {
        endpoint = (Endpoint.Http) SelfExamination.endpoint(
                new Examiner(new Connectors(List.of(dove())), InstantSource.system()),
                OperatorToken.leave(folder, new SecureRandom()));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        local = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        server.createContext("/", exchange -> {
            var headers = exchange.getRequestHeaders().entrySet().stream()
                    .collect(Collectors.toMap(e -> e.getKey().toLowerCase(java.util.Locale.ROOT), Map.Entry::getValue));
            boolean here = exchange.getRequestMethod().equals(endpoint.method())
                    && exchange.getRequestURI().getPath().equals(endpoint.path());
            HttpReply reply = here ? ask(headers) : HttpReply.of(404);
            exchange.sendResponseHeaders(reply.status(), 0);
            try (var out = exchange.getResponseBody()) {
                reply.body().writeTo(out);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /// A network that only knows its name and what is wrong with it.
    private static NetworkConnector dove() {
        return (NetworkConnector) Proxy.newProxyInstance(
                SelfExaminationTest.class.getClassLoader(),
                new Class<?>[] {NetworkConnector.class},
                (_, method, _) -> switch (method.getName()) {
                    case "network" -> new Network("dove");
                    case "examine" -> List.of(GOOD, BAD);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private HttpReply ask(Map<String, List<String>> headers) {
        return endpoint.handler().handle(new HttpCall("POST", local, Map.of(), headers, new byte[0], "127.0.0.1"));
    }

    @Test
    void whoReadsTheDataFolderLearnsWhatWasFound() {
        assertThat(SelfExamination.ask(local, folder)).containsExactly(GOOD, BAD);
    }

    @Test
    void nobodyElseDoes() throws IOException {
        assertThat(ask(Map.of()).status()).isEqualTo(401);
        assertThat(ask(Map.of("authorization", List.of("Bearer "))).status()).isEqualTo(401);
        assertThat(ask(Map.of("authorization", List.of("Bearer " + "0".repeat(64))))
                        .status())
                .isEqualTo(401);
        Path token = folder.resolve("operator.token");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
                .isEqualTo("rw-------");
        Files.writeString(token, "0".repeat(64));
        assertThat(SelfExamination.ask(local, folder))
                .singleElement()
                .satisfies(f -> assertThat(f.text()).contains("401"));
    }

    @Test
    void anotherStartHasAnotherToken() throws IOException {
        String first = Files.readString(folder.resolve("operator.token"));
        endpoint = (Endpoint.Http) SelfExamination.endpoint(
                new Examiner(new Connectors(List.of(dove())), InstantSource.system()),
                OperatorToken.leave(folder, new SecureRandom()));
        assertThat(Files.readString(folder.resolve("operator.token"))).isNotEqualTo(first);
        assertThat(SelfExamination.ask(local, folder)).containsExactly(GOOD, BAD);
    }

    @Test
    void withoutAnAnswerThereIsANote() throws IOException {
        assertThat(SelfExamination.ask(URI.create("http://127.0.0.1:1"), folder))
                .singleElement()
                .satisfies(f -> assertThat(f.mark()).isEqualTo(Finding.Mark.NOTE));
        Files.delete(folder.resolve("operator.token"));
        assertThat(SelfExamination.ask(local, folder))
                .singleElement()
                .satisfies(f -> assertThat(f.advice()).contains("run doctor as the user"));
    }
}
