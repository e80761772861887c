package dev.drawbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.page.PageLanguage;
import dev.drawbridge.model.page.PagePolicy;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/// What people and programs see when something goes wrong.
@Timeout(120)
class ErrorPageTest {
    private static final String SECRET = "mongodb://op:hunter2@db";

    @RestController
    static final class Failing {
        @GetMapping("/fails")
        String fails(@RequestParam int status) {
            if (status == 0) {
                throw new IllegalStateException(SECRET);
            }
            throw new ResponseStatusException(HttpStatusCode.valueOf(status), SECRET);
        }
    }

    private final PageServer server = new PageServer(
            PageTexts.DEFAULT,
            "203.0.113.7",
            List.of(),
            (context, _) -> context.registerBean(Failing.class, Failing::new));

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> browse(String path, String language) throws Exception {
        return server.get(path, "Accept", "text/html,*/*;q=0.8", "Accept-Language", language);
    }

    @ParameterizedTest
    @CsvSource({
        "400,400,cannot be read",
        "403,403,This is not for you",
        "404,404,nothing at this address",
        "405,405,does not do",
        "413,413,too long",
        "418,418,cannot be read",
        "429,429,Wait a minute",
        "500,500,Something went wrong here",
        "501,501,Something went wrong here",
        "503,503,starting",
        "0,500,Something went wrong here"
    })
    void everyErrorIsAPageWithASentence(int fails, int status, String sentence) throws Exception {
        var page = browse("/fails?status=" + fails, "en");
        assertThat(page.statusCode()).isEqualTo(status);
        assertThat(page.headers().firstValue("content-type").orElseThrow()).startsWith("text/html");
        assertThat(page.headers().firstValue("content-security-policy")).contains(policy());
        assertThat(page.headers().firstValue("cache-control")).contains("no-store");
        assertThat(page.body())
                .contains("Error " + status, sentence, "/assets/drawbridge.css")
                .doesNotContain(SECRET, "Exception", "java.", "\tat ");
    }

    @Test
    void itIsSaidInTheLanguageOfTheReader() throws Exception {
        assertThat(browse("/fails?status=403", "fr").body()).contains("Erreur 403", "Ce n’est pas pour vous");
        assertThat(browse("/fails?status=403&lang=fr", "en").body()).contains("Erreur 403");
    }

    @Test
    void programsGetOneLine() throws Exception {
        var line = server.get("/fails?status=0", "Accept", "application/json");
        assertThat(line.statusCode()).isEqualTo(500);
        assertThat(line.headers().firstValue("content-type").orElseThrow()).startsWith("text/plain");
        assertThat(line.body()).startsWith("Something went wrong here").hasLineCount(1);
        assertThat(server.post("/account/nothing", Map.of("a", "b")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void whoOpensTheAddressOfErrorsFindsNothing() throws Exception {
        assertThat(browse("/error", "en").statusCode()).isEqualTo(404);
    }

    @Test
    void theLinksToOtherLanguagesKeepTheQuestion() throws Exception {
        assertThat(browse("/lookup?q=%40a%22b&lang=en&x=1", "en").body())
                .contains("href=\"?q=%40a%22b&amp;x=1&amp;lang=fr\"");
        assertThat(browse("/status", "en").body()).contains("href=\"?lang=fr\"");
        assertThat(PageLanguage.kept(Optional.of("lang=fr"))).isEmpty();
        assertThat(PageLanguage.kept(Optional.of("q=" + "x".repeat(5_000)))).isEmpty();
    }

    private static String policy() {
        return PagePolicy.HEADERS.getOrDefault("Content-Security-Policy", "");
    }
}
