package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.Connectors;
import dev.drawbridge.engine.Mirrors;
import dev.drawbridge.engine.MyAccount;
import dev.drawbridge.engine.Terms;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Visibility;
import dev.drawbridge.model.consent.ConsentPolicy;
import dev.drawbridge.model.consent.Gates;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/// People take along what the bridge has of them, and nothing of anybody else.
class ArchiveScenariosTest extends Scenario {
    private Map<String, String> archive(NativeId person) throws IOException {
        var mine = new MyAccount(
                ports,
                new Connectors(List.of(fedi, nostr, sky)),
                new Terms(ConsentPolicy.optIn(), Gates.OPEN, new Mirrors()),
                bridge::decided,
                clock,
                new Random(1));
        var out = new ByteArrayOutputStream();
        mine.archive(person, Optional.of("a long password"), out);
        Map<String, String> files = new LinkedHashMap<>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    @Test
    void everythingAboutThemIsInItAndNothingAboutOthers() throws IOException {
        optIn(alice, fedi, Network.NOSTR);
        optIn(dora, fedi, Network.NOSTR);
        Activity.Publish mine = post(alice, "hello", Optional.empty());
        Activity.Publish theirs = post(dora, "hello", Optional.empty());
        fedi.happens(mine);
        fedi.happens(theirs);
        nostr.happens(new Activity.Follow(id(nora, "follow"), nora, clock.instant(), ghost(alice, Network.NOSTR)));
        bridge.settle();
        ports.preferences().put(ports.preferences().of(alice).withMuted(java.util.Set.of(nora)));

        Map<String, String> files = archive(alice);

        assertThat(files)
                .containsOnlyKeys("README.txt", "account.json", "follows.csv", "copies.ndjson", "nostr/said.ndjson");
        assertThat(files.get("nostr/said.ndjson")).contains("\"hello\"").doesNotContain("dora");
        assertThat(files.get("account.json"))
                .contains(
                        "\"followed the bot\"",
                        "\"@ghost of activitypub|alice\"",
                        "\"muted\"",
                        "\"nora\"",
                        "\"first\"");
        assertThat(files.get("follows.csv")).contains("you follow,bridge", "follows you,nostr,\"nora\"");
        assertThat(files.get("copies.ndjson").lines())
                .singleElement()
                .asString()
                .contains("\"" + mine.post().id().value() + "\"", "\"page\":\"https://nostr.example/");
        assertThat(String.join("", files.values())).doesNotContain("dora");
    }

    @Test
    void whoLeftStillReadsWhatTheySaid() throws IOException {
        optIn(alice, fedi, Network.NOSTR);
        clock.advance(java.time.Duration.ofSeconds(1));
        fedi.says(alice, bot(Network.ACTIVITYPUB, Network.NOSTR), "delete");
        bridge.settle();
        Map<String, String> files = archive(alice);
        assertThat(files.get("account.json")).contains("\"told the bot to stop\"");
        assertThat(files.get("copies.ndjson")).isEmpty();
    }

    @Test
    void whoLeavesReadsWhatIsAskedOfHowMany() {
        optIn(alice, fedi, Network.NOSTR);
        for (int i = 0; i < 3; i++) {
            fedi.happens(post(alice, "hello " + i, Optional.empty()));
        }
        bridge.settle();
        clock.advance(java.time.Duration.ofSeconds(1));
        fedi.says(alice, bot(Network.ACTIVITYPUB, Network.NOSTR), "delete");
        bridge.settle();
        assertThat(only(Activity.Delete.class, nostr.all())).hasSize(3);
        assertThat(texts(fedi.at(fedi.inbox(alice))))
                .last()
                .asString()
                .contains("Nostr: copies that are taken back: 3; places that are asked to delete them: 1");
    }

    @Test
    void theBotAnswersExportWithACodeForTheAccountPage() {
        optIn(alice, fedi, Network.NOSTR);
        fedi.says(alice, bot(Network.ACTIVITYPUB, Network.NOSTR), "export");
        bridge.settle();
        String said = only(Activity.Publish.class, fedi.at(fedi.inbox(alice))).stream()
                .map(Activity.Publish::post)
                .filter(p -> p.visibility() == Visibility.DIRECT)
                .map(p -> p.text().text())
                .reduce((_, last) -> last)
                .orElseThrow();
        assertThat(said).contains("https://bridge.example/account", "press Download");
        String code = said.replaceFirst(".*code (\\S+) on.*", "$1");
        assertThat(bridge.signIns.redeem(code)).contains(alice);
        assertThat(bridge.signIns.redeem(code)).isEmpty();
    }
}
