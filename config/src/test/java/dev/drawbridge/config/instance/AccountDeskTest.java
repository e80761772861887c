package dev.drawbridge.config.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Destination;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.port.Digests;
import dev.drawbridge.model.port.Ledger;
import dev.drawbridge.model.port.Links;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the operator does for one person.
@Timeout(180)
class AccountDeskTest extends OperatorScene {
    private static final NativeId AMAL = new NativeId(DOVE, "amal");
    private static final NativeId OWN = new NativeId(PIGEON, "amal there");
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void seed() {
        instance.ports().consents().put(new Consent(AMAL, PIGEON, Consent.State.GIVEN, "asked", NOON));
        instance.ports().digests().put(new Digests.Wish(AMAL, Digests.Rhythm.WEEKLY, NOON.plus(Duration.ofDays(9999))));
        instance.ports().links().put(new Links.Link(AMAL, OWN, NOON, NOON, NOON.plus(Duration.ofDays(9999))));
        instance.ports()
                .ledger()
                .recordCopy(new Ledger.Copy(
                        new NativeId(DOVE, "post"),
                        AMAL,
                        ObjectRef.of(new NativeId(PIGEON, "copy")),
                        Set.of(new Destination(PIGEON, "place")),
                        NOON));
    }

    @AfterEach
    void stop() {
        client.close();
    }

    private HttpResponse<byte[]> archive(String query, String token) throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + instance.port() + "/api/v1/account/archive" + query))
                .header("Authorization", "Bearer " + token)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private static Map<String, String> read(byte[] archive) throws Exception {
        Map<String, String> files = new LinkedHashMap<>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    @Test
    void whoIsNothingButLinkedIsHelpedToo() throws Exception {
        String token = OperatorToken.read(data);
        assertThat(archive("?network=pigeon&id=amal%20there", token).statusCode())
                .isEqualTo(200);
        assertThat(typed("accounts", "show", "pigeon", "amal there")).contains("\"amal\"", "exit 0");
        assertThat(typed("accounts", "end", "pigeon", "amal there", "link", "dove"))
                .contains("exit 0");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(instance.ports().links().of(AMAL)).isEmpty());
    }

    @Test
    void theArchiveIsHandedToTheOperatorAndNobodyElse() throws Exception {
        String token = OperatorToken.read(data);
        assertThat(archive("?network=dove&id=amal", "").statusCode()).isEqualTo(401);
        assertThat(archive("?network=dove&id=stranger", token).statusCode()).isEqualTo(404);
        assertThat(archive("?network=myspace&id=amal", token).statusCode()).isEqualTo(400);
        assertThat(archive("?network=dove", token).statusCode()).isEqualTo(400);
        HttpResponse<byte[]> answer = archive("?network=dove&id=amal", token);
        assertThat(answer.headers().firstValue("content-type")).contains("application/zip");
        Map<String, String> files = read(answer.body());
        assertThat(files).containsKeys("README.txt", "account.json", "copies.ndjson");
        assertThat(files.get("copies.ndjson")).contains("\"original\":\"post\"", "\"copy\":\"copy\"");
        assertThat(files.get("account.json")).contains("\"own\"", "amal there", "\"weekly\"");
    }

    @Test
    void theCommandPutsItIntoAFileAndOverwritesNone() throws Exception {
        Path file = data.resolve("amal.zip");
        assertThat(typed("accounts", "archive", "dove", "amal", file.toString()))
                .contains("exit 0");
        assertThat(read(Files.readAllBytes(file))).containsKey("account.json");
        byte[] before = Files.readAllBytes(file);
        assertThat(typed("accounts", "archive", "dove", "amal", file.toString()))
                .contains("cannot be written", "exit 1");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        Path none = data.resolve("none.zip");
        assertThat(typed("accounts", "archive", "dove", "stranger", none.toString()))
                .contains("answers 404", "exit 1");
        assertThat(none).doesNotExist();
    }

    @Test
    void theCommandShowsEverything() {
        assertThat(typed("accounts", "show", "dove", "amal"))
                .contains("\"rhythm\" : \"weekly\"", "\"waitsFor\" : 0", "\"amal there\"", "exit 0");
        assertThat(typed("accounts", "show", "dove", "stranger")).contains("answers 404", "exit 1");
        assertThat(typed("accounts")).contains("    = pigeon amal there, proven 2026-03-01T12:00:00Z");
    }

    @Test
    void whatTheyWishedIsEnded() {
        assertThat(typed("accounts", "end", "dove", "amal", "digest")).contains("exit 0");
        assertThat(typed("accounts", "end", "dove", "amal", "link", "pigeon")).contains("exit 0");
        assertThat(typed("accounts", "end", "dove", "amal", "waiting")).contains("exit 0");
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(instance.ports().digests().find(AMAL)).isEmpty();
            assertThat(instance.ports().links().of(AMAL)).isEmpty();
        });
    }

    @Test
    void nothingIsBegunForAnybodyAndNonsenseIsRefused() {
        for (String what : new String[] {"start", "stop", "", "delete"}) {
            assertThat(typed("accounts", "end", "dove", "amal", what)).as(what).contains("answers 400", "exit 1");
        }
        assertThat(typed("accounts", "end", "dove", "amal", "link", "two words"))
                .contains("answers 400");
        assertThat(typed("accounts", "end", "dove", "stranger", "digest")).contains("answers 404");
        assertThat(typed("accounts", "end", "myspace", "amal", "digest")).contains("answers 400");
        assertThat(instance.ports().digests().find(AMAL)).isPresent();
        assertThat(instance.ports().links().of(AMAL)).hasSize(1);
    }
}
