package dev.drawbridge.nostr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.moderation.Entry;
import dev.drawbridge.model.moderation.Subject;
import dev.drawbridge.model.moderation.Subject.Kind;
import dev.drawbridge.model.spi.Listing;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Nip19;
import dev.drawbridge.nostr.event.Tag;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Lists of people and words that somebody keeps on Nostr.
class MuteListsTest extends ConnectorScene {
    private final People.Person mallory = people.person("mallory");
    private final Event mutes = carol.event(
            10_000,
            now,
            "private?iv=x",
            Tag.of("p", mallory.key.hex()),
            Tag.of("p", "nobody"),
            Tag.of("t", "Spam"),
            Tag.of("word", "buy  now"),
            Tag.of("word", "!"),
            Tag.of("e", "ab".repeat(32)),
            Tag.of("p", mallory.key.hex()));
    private final Listing listed = new Listing.Entries(
            List.of(entry(Kind.ACTOR, mallory.key.hex()), entry(Kind.WORD, "#spam"), entry(Kind.WORD, "buy now")));

    private static Entry entry(Kind kind, String value) {
        return new Entry(new Subject(kind, value), Optional.empty(), "");
    }

    @Test
    void thePublicPartOfAMuteListIsReadHoweverItIsNamed() {
        store.events().save(mutes);
        var address = new Nip19.Naddr("", List.of(), carol.key, 10_000);
        for (String name : List.of(
                carol.key.npub(),
                "nostr:" + carol.key.npub(),
                "https://njump.me/" + Nip19.encode(new Nip19.Nprofile(carol.key, List.of())),
                Nip19.encode(address),
                Nip19.encode(new Nip19.Nevent(mutes.id(), List.of(), Optional.empty(), Optional.empty())))) {
            assertThat(connector.list(name)).as(name).isEqualTo(listed);
        }
    }

    @Test
    void aSetIsReadAtItsAddressAndTheLatestCounts() {
        store.events().save(carol.event(30_000, now - 1, "", Tag.of("d", "spammers"), Tag.of("word", "old")));
        store.events().save(carol.event(30_000, now, "", Tag.of("d", "spammers"), Tag.of("p", mallory.key.hex())));
        store.events().save(carol.event(30_000, now, "", Tag.of("d", "friends"), Tag.of("p", carol.key.hex())));
        var address = new Nip19.Naddr("spammers", List.of(), carol.key, 30_000);
        assertThat(connector.list(Nip19.encode(address)))
                .isEqualTo(new Listing.Entries(List.of(entry(Kind.ACTOR, mallory.key.hex()))));
    }

    @Test
    void whatNobodyHasIsToldApartFromWhatIsNoListAndFromOtherAddresses() {
        assertThat(connector.list(carol.key.npub())).isInstanceOf(Listing.Silent.class);
        Event note = carol.event(1, now, "low tide");
        store.events().save(note);
        assertThat(connector.list(
                        Nip19.encode(new Nip19.Nevent(note.id(), List.of(), Optional.empty(), Optional.empty()))))
                .isInstanceOf(Listing.Unreadable.class);
        for (String name : List.of("https://lists.example/a.csv", "at://did:plc:abc/x", "npub1broken", "")) {
            assertThat(connector.list(name)).as(name).isEqualTo(new Listing.Foreign());
        }
    }

    @Test
    void aDocumentIsReadIfItsAuthorSignedIt() {
        assertThat(connector.readList(mutes.json())).isEqualTo(listed);
        assertThat(connector.readList("\n " + mutes.json())).isEqualTo(listed);
        assertThat(connector.readList(mutes.json().replace("buy  now", "buy later")))
                .isInstanceOf(Listing.Unreadable.class);
        assertThat(connector.readList("#domain\nspam.example")).isEqualTo(new Listing.Foreign());
        assertThat(connector.readList("{\"kind\":10000}")).isEqualTo(new Listing.Foreign());
    }
}
