package dev.drawbridge.it.peers;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// The account page of the bridge, as somebody without scripts uses it.
public final class AccountPage implements AutoCloseable {
    private static final Pattern TOKEN = Pattern.compile("name=\"csrf\" value=\"([0-9a-f]+)\"");

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final URI bridge;

    /// Signs in.
    ///
    /// @param code what a bot wrote
    public AccountPage(URI bridge, String code) {
        this.bridge = bridge;
        send(form("/account/sign-in", Map.of("code", code)));
    }

    /// Asks for what it takes to move out.
    ///
    /// @return the page
    public String moveOut(String network) {
        return send(form("/account/move-out", Map.of("network", network, "csrf", token())));
    }

    /// Fetches everything the bridge has of whoever signed in.
    ///
    /// @param password for their keys
    /// @return what is in each file of the archive
    public Map<String, String> export(String password) {
        var files = new LinkedHashMap<String, String>();
        HttpRequest request = form("/account/export", Map.of("password", password, "csrf", token()));
        byte[] archive = send(request, HttpResponse.BodyHandlers.ofByteArray());
        try (var zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry file = zip.getNextEntry(); file != null; file = zip.getNextEntry()) {
                files.put(file.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private String token() {
        String page = send(HttpRequest.newBuilder(bridge.resolve("/account")).build());
        Matcher token = TOKEN.matcher(page);
        if (!token.find()) {
            throw new AssertionError("not signed in: " + page);
        }
        return token.group(1);
    }

    /// What a page shows under an id.
    public static String shown(String page, String id) {
        Matcher found = Pattern.compile("id=\"" + id + "\">([^<]*)<").matcher(page);
        if (!found.find()) {
            throw new AssertionError("no " + id + " on the page: " + page);
        }
        return found.group(1);
    }

    private HttpRequest form(String path, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + '=' + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return HttpRequest.newBuilder(bridge.resolve(path))
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private String send(HttpRequest request) {
        return send(request, HttpResponse.BodyHandlers.ofString());
    }

    private <T> T send(HttpRequest request, HttpResponse.BodyHandler<T> reading) {
        try {
            HttpResponse<T> answer = client.send(request, reading);
            if (answer.statusCode() != 200) {
                throw new AssertionError(request + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
