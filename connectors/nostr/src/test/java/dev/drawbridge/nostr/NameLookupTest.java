package dev.drawbridge.nostr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.Sought;
import dev.drawbridge.nostr.event.Nip19;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Who people mean by what they paste.
class NameLookupTest extends ConnectorScene {
    private final Sought found = new Sought.Found(carol.id());

    @Test
    void aKeyIsFoundInEveryFormAppsWriteIt() {
        String npub = carol.key.npub();
        String nprofile = Nip19.encode(new Nip19.Nprofile(carol.key, List.of(RELAY)));
        for (String name : List.of(
                carol.key.hex(),
                npub,
                "nostr:" + npub,
                nprofile,
                "https://njump.me/" + npub,
                "https://app.example/p/" + nprofile)) {
            assertThat(connector.seek(name)).as(name).isEqualTo(found);
        }
    }

    @Test
    void anEventLeadsToItsAuthorIfItSaysOrWeHaveIt() {
        var event = carol.event(1, now, "low tide");
        var silent = new Nip19.Nevent(event.id(), List.of(), Optional.empty(), Optional.empty());
        assertThat(connector.seek(Nip19.encode(silent))).isEqualTo(new Sought.Nobody());
        assertThat(connector.seek(Nip19.encode(
                        new Nip19.Nevent(event.id(), List.of(), Optional.of(carol.key), Optional.empty()))))
                .isEqualTo(found);
        store.events().save(event);
        assertThat(connector.seek(Nip19.encode(silent))).isEqualTo(found);
    }

    @Test
    void aPrivateKeyIsNotLookedAt() {
        for (String name :
                List.of("nsec1qqqq", "NSEC1QQQQ", "nostr:nsec1qqqq", "https://x.example/nsec1q", "ncryptsec1q")) {
            assertThat(connector.seek(name)).as(name).isEqualTo(new Sought.Secret());
        }
        String key = "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5";
        for (String name : List.of("@" + key, "carol@" + key + ".example", key + "@site.example", key + "/x")) {
            assertThat(connector.seek(name)).as(name).isEqualTo(new Sought.Secret());
        }
    }

    @Test
    void aNameIsAskedOfItsServer() {
        world.pages.put(
                "https://site.example/.well-known/nostr.json?name=carol",
                "{\"names\":{\"carol\":\"" + carol.key.hex() + "\"}}");
        world.pages.put("https://site.example/.well-known/nostr.json?name=_", "{\"names\":[]}");
        assertThat(connector.seek("carol@site.example")).isEqualTo(found);
        assertThat(connector.seek("site.example")).isEqualTo(new Sought.Nobody());
        assertThat(connector.seek("carol@silent.example")).isEqualTo(new Sought.Silent());
    }

    @Test
    void standInsOfOursAreFoundWithoutAskingAnybody() {
        Ghost ghost = alice();
        assertThat(connector.seek(ghost.handle())).isEqualTo(new Sought.Found(ghost.id()));
        assertThat(connector.seek(
                        "nobody" + ghost.handle().substring(ghost.handle().indexOf('@'))))
                .isEqualTo(new Sought.Nobody());
    }

    @Test
    void whatIsNoNameHereIsForeign() {
        for (String name : List.of("bob", "npub1broken", "did:plc:abc", "<script>", "@@", "f".repeat(63))) {
            assertThat(connector.seek(name)).as(name).isEqualTo(new Sought.Foreign());
        }
    }

    @Test
    void peopleAndEventsHavePages() {
        assertThat(connector.actorPage(carol.id())).contains(URI.create("https://njump.me/" + carol.key.npub()));
        assertThat(connector.objectPage(new NativeId(Network.NOSTR, "ab".repeat(32))))
                .hasValueSatisfying(page -> assertThat(page.toString()).startsWith("https://njump.me/nevent1"));
        assertThat(connector.actorPage(new NativeId(Network.NOSTR, "javascript:alert(1)")))
                .isEmpty();
    }
}
