package dev.drawbridge.model.spi;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/// Fields as `application/x-www-form-urlencoded` has them, in a body or behind a `?`.
public final class HttpForm {
    public static final String TYPE = "application/x-www-form-urlencoded";

    private HttpForm() {}

    public static String encode(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + '=' + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
