package dev.drawbridge.feed.wire;

import dev.drawbridge.model.port.OutboundHttp;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Web servers that answer as a test tells them to.
public final class Site implements OutboundHttp {
    public final List<Request> asked = new ArrayList<>();
    private final Map<URI, Function<Request, Answer>> pages = new HashMap<>();

    public void at(String address, Function<Request, Answer> page) {
        pages.put(URI.create(address), page);
    }

    public void shows(String address, String document, String... headers) {
        at(address, request -> answer(200, document, headers));
    }

    public static Answer answer(int status, String document, String... headers) {
        Map<String, List<String>> all = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], List.of(headers[i + 1]));
        }
        return new Answer(status, all, document.getBytes(StandardCharsets.UTF_8), URI.create("https://unused.example"));
    }

    @Override
    public Answer send(Request request) {
        asked.add(request);
        var page = pages.get(request.uri());
        if (page == null) {
            throw new OutboundException(Failure.UNREACHABLE, "nobody there");
        }
        return page.apply(request);
    }
}
