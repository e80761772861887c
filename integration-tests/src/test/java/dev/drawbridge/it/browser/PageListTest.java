package dev.drawbridge.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// No page is shown to people that no browser has looked at, and nothing is answered to programs that is not described.
class PageListTest {
    @TempDir
    private Path data;

    private HostileWorld world;

    @BeforeEach
    void start() {
        world = new HostileWorld(data);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void everyHandlerOfAPageIsInTheListThatBrowsersGoThrough() {
        assertThat(Pages.handled()).contains("/", "/account", "/console", "/error");
        assertThat(world.pages().paths()).containsExactlyInAnyOrderElementsOf(Pages.handled());
    }

    @Test
    void everyPageOfAStandInIsInTheListThatBrowsersGoThrough() {
        try (var ghosts = new HostileGhosts(data.resolve("ghosts"))) {
            assertThat(HostileGhosts.makers()).contains("ProfilePage", "NotePage");
            assertThat(ghosts.pages().stream()
                            .map(HostileGhosts.GhostPage::maker)
                            .distinct())
                    .containsExactlyInAnyOrderElementsOf(HostileGhosts.makers());
        }
    }

    @Test
    void everyHandlerForProgramsIsDescribed() throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            String description = client.send(
                            HttpRequest.newBuilder(world.at("/api/v1/openapi.json"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            var described = new TreeSet<String>();
            JsonMapper.shared()
                    .readTree(description)
                    .path("paths")
                    .propertyNames()
                    .forEach(described::add);
            assertThat(Pages.forPrograms()).contains("/api/v1/lookup", "/api/v1/status");
            assertThat(described).containsAll(Pages.forPrograms());
        }
    }
}
