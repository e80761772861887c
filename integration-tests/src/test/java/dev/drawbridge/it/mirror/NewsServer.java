package dev.drawbridge.it.mirror;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/// A web server with one feed, whose entries a test adds.
final class NewsServer implements AutoCloseable {
    private static final String PATH = "/news/rss.xml";
    private final HttpServer server;
    private final Instant first = Instant.now().minus(Duration.ofHours(1));
    private final AtomicInteger asked = new AtomicInteger();
    private volatile int entries;

    private NewsServer(HttpServer server) {
        this.server = server;
    }

    static NewsServer start() {
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            var news = new NewsServer(HttpServer.create(address, 0));
            news.server.createContext(PATH, exchange -> {
                byte[] body = news.document().getBytes(StandardCharsets.UTF_8);
                news.asked.incrementAndGet();
                exchange.getResponseHeaders().set("content-type", "application/rss+xml");
                exchange.sendResponseHeaders(200, body.length);
                try (var out = exchange.getResponseBody()) {
                    out.write(body);
                }
            });
            news.server.start();
            return news;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String feed() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + PATH;
    }

    /// How often it was asked for.
    int asked() {
        return asked.get();
    }

    /// From now on the feed has so many entries, the newest first.
    void has(int count) {
        entries = count;
    }

    static String words(int entry) {
        return "entry %04d of the news".formatted(entry);
    }

    private String document() {
        var items = new StringBuilder();
        for (int i = entries - 1; i >= 0; i--) {
            items.append(
                    "<item><guid isPermaLink='false'>entry-%d</guid><description>%s</description><pubDate>%s</pubDate></item>"
                            .formatted(i, words(i), first.plusSeconds(i)));
        }
        return "<rss version='2.0'><channel><title>The News</title><description>What is new</description>" + items
                + "</channel></rss>";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
