package dev.drawbridge.config.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.SocketPeer;
import dev.drawbridge.model.spi.SocketSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/// A client whose machine is gone says no goodbye: its connection looks like a quiet one.
@Timeout(60)
class SilentClientTest {
    @Configuration(proxyBeanMethods = false)
    static class Impatient {
        @Bean
        @Primary
        SocketMount impatient() {
            return new SocketMount(new SocketMount.Limits(1 << 20, Duration.ofSeconds(5), Duration.ofMillis(300)));
        }
    }

    private final BlockingQueue<String> ended = new LinkedBlockingQueue<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(
                List.of(
                        new Endpoint.Socket("/", 1_000, this::session),
                        new Endpoint.Socket("/slow", 1_000, Optional.of(Duration.ofHours(1)), this::session)),
                List.of(),
                Impatient.class);
    }

    @AfterEach
    void stop() {
        server.close();
        http.close();
    }

    private SocketSession session(HttpCall handshake, SocketPeer peer) {
        String name = handshake.query("name").orElseThrow();
        return new SocketSession() {
            @Override
            public void text(String message) {
                peer.send(message);
            }

            @Override
            public void closed(int code, String reason) {
                ended.add(name);
            }
        };
    }

    private Socket shakesHandsAndFallsSilent(String pathAndQuery) throws IOException {
        URI uri = server.uri("/");
        var socket = new Socket(uri.getHost(), uri.getPort());
        String handshake = "GET " + pathAndQuery + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        socket.getOutputStream().write(handshake.getBytes(StandardCharsets.US_ASCII));
        var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        assertThat(reader.readLine()).isEqualTo("HTTP/1.1 101 ");
        return socket;
    }

    @Test
    void whoAnswersNoPingIsLetGoAndAQuietClientIsNot() throws Exception {
        var heard = new LinkedBlockingQueue<String>();
        WebSocket quiet = http.newWebSocketBuilder()
                .buildAsync(
                        URI.create("ws" + server.uri("/").toString().substring(4) + "?name=quiet"),
                        new WebSocket.Listener() {
                            @Override
                            public @Nullable CompletionStage<?> onText(
                                    WebSocket socket, CharSequence data, boolean last) {
                                heard.add(data.toString());
                                return null;
                            }
                        })
                .join();

        try (Socket gone = shakesHandsAndFallsSilent("/?name=gone")) {
            assertThat(ended.poll(30, TimeUnit.SECONDS)).isEqualTo("gone");
            assertThat(gone.isClosed()).isFalse();
        }
        quiet.sendText("still here", true).join();
        assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo("still here");
        assertThat(ended).isEmpty();
        quiet.abort();
    }

    @Test
    void whereReadersMayHoldUsBackSilenceIsBorneLonger() throws Exception {
        try (Socket patient = shakesHandsAndFallsSilent("/slow?name=slow");
                Socket usual = shakesHandsAndFallsSilent("/?name=usual")) {
            assertThat(ended.poll(30, TimeUnit.SECONDS)).isEqualTo("usual");
            assertThat(ended).isEmpty();
            assertThat(patient.isClosed() || usual.isClosed()).isFalse();
        }
    }
}
