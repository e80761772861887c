package dev.drawbridge.engine;

import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Ledger;
import dev.drawbridge.model.spi.Shelf;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Everything this bridge has of one person, as a ZIP file for them: written as it is read, so that its size costs no
/// memory. What they wrote is on their own network; of it there are the copies, as each network keeps them.
final class Archive {
    private static final int PAGE = 500;
    private static final JsonMapper JSON = new JsonMapper();
    private static final String README = """
        Everything this bridge has of you.

        account.json   what you said about being carried, when and how; what you chose; your names elsewhere
        follows.csv    whom you follow through this bridge, and who follows you
        copies.ndjson  each copy of something you wrote, liked or reposted: the original, the copy, its page
        activitypub/   outbox.ndjson: your posts there, as Activity Streams 2.0 without @context, one a line
        nostr/         events.ndjson: your events there as they were signed, one a line; any relay takes them
        atproto/       repository.car: your repository there, as other servers take it; files/: the pictures and films
                       of your posts under their CIDs; files.ndjson: what each of them is
        *-key.txt      keys of your stand-ins, encrypted with the password you gave; give neither to anybody
        """;

    private final Ports ports;
    private final Connectors connectors;
    private final Resolver resolver;
    private final InstantSource clock;

    Archive(Ports ports, Connectors connectors, Resolver resolver, InstantSource clock) {
        this.ports = ports;
        this.connectors = connectors;
        this.resolver = resolver;
        this.clock = clock;
    }

    /// @param password for the keys of their stand-ins; empty for none of them
    /// @param out left open
    void write(NativeId person, Optional<String> password, OutputStream out) throws IOException {
        var zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        entry(zip, "README.txt", README);
        entry(zip, "account.json", JSON.writerWithDefaultPrettyPrinter().writeValueAsString(account(person)));
        follows(zip, person);
        copies(zip, person);
        belongings(zip, person);
        if (password.isPresent()) {
            for (Ghost ghost : ports.identities().of(person)) {
                Optional<String> key = connectors.has(ghost.network())
                        ? connectors.get(ghost.network()).key(ghost.id(), password.get())
                        : Optional.empty();
                if (key.isPresent()) {
                    entry(zip, ghost.network() + "-key.txt", key.get() + "\n");
                }
            }
        }
        zip.finish();
    }

    /// What is kept of their stand-ins, as each network has it.
    private void belongings(ZipOutputStream zip, NativeId person) throws IOException {
        for (Ghost ghost : ports.identities().of(person)) {
            if (connectors.has(ghost.network())) {
                connectors.get(ghost.network()).archive(ghost.id(), new Folder(zip, ghost.network()));
            }
        }
    }

    /// The files of one network.
    private record Folder(ZipOutputStream zip, Network network) implements Shelf {
        private static final Pattern NAME =
                Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

        @Override
        public void put(String name, Content content) throws IOException {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("no name of a file: " + name);
            }
            zip.putNextEntry(new ZipEntry(network + "/" + name));
            content.writeTo(new FilterOutputStream(zip) {
                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    out.write(bytes, from, length);
                }

                /// The next file goes into the same archive.
                @Override
                public void close() {}
            });
            zip.closeEntry();
        }
    }

    private static void entry(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private ObjectNode account(NativeId person) {
        ObjectNode json = JSON.createObjectNode()
                .put("network", person.network().name())
                .put("id", person.value())
                .put("written", clock.instant().toString());
        resolver.profile(person).ifPresent(profile -> json.put("handle", profile.handle()));
        ArrayNode said = json.putArray("said");
        ports.consents()
                .audit(person)
                .forEach(consent -> said.addObject()
                        .put("to", consent.target().name())
                        .put("given", consent.given())
                        .put("how", consent.how())
                        .put("since", consent.since().toString()));
        chose(json.putObject("chose"), person);
        own(json, person);
        ArrayNode shown = json.putArray("shown");
        for (Ghost ghost : ports.identities().of(person)) {
            ObjectNode as = shown.addObject()
                    .put("on", ghost.network().name())
                    .put("as", ghost.handle())
                    .put("id", ghost.id().value())
                    .put("active", ghost.active());
            page(ghost.network(), ghost.id(), true).ifPresent(page -> as.put("page", page.toString()));
        }
        return json;
    }

    /// Which accounts are to be taken for theirs, and what they said about that.
    private void own(ObjectNode json, NativeId person) {
        ArrayNode own = json.putArray("own");
        ports.links()
                .of(person)
                .forEach(link -> own.addObject()
                        .put("network", link.other(person).network().name())
                        .put("id", link.other(person).value())
                        .put("since", link.since().toString())
                        .put("proven", link.proven().toString()));
        ArrayNode words = json.putArray("saidOfOwn");
        ports.links()
                .words(person)
                .forEach(word -> words.addObject()
                        .put("network", word.other().network().name())
                        .put("id", word.other().value())
                        .put("linked", word.linked())
                        .put("at", word.at().toString()));
    }

    private void chose(ObjectNode chose, NativeId person) {
        var preference = ports.preferences().of(person);
        chose.put("unlisted", preference.unlisted()).put("notices", preference.notices());
        preference.language().ifPresent(language -> chose.put("language", language));
        preference.choices().longPosts().ifPresent(how -> chose.put("longPosts", how.name()));
        preference.choices().edits().ifPresent(how -> chose.put("edits", how.name()));
        people(chose.putArray("muted"), preference.muted().stream().sorted().toList());
        people(
                chose.putArray("blocked"),
                preference.blocked().keySet().stream().sorted().toList());
        people(chose.putArray("first"), preference.pins());
        ports.digests()
                .find(person)
                .ifPresent(wish -> chose.put("digest", wish.rhythm().name().toLowerCase(Locale.ROOT)));
    }

    private static void people(ArrayNode into, List<NativeId> people) {
        people.forEach(person ->
                into.addObject().put("network", person.network().name()).put("id", person.value()));
    }

    private Optional<URI> page(Network network, NativeId id, boolean actor) {
        if (!connectors.has(network)) {
            return Optional.empty();
        }
        return actor
                ? connectors.get(network).actorPage(id)
                : connectors.get(network).objectPage(id);
    }

    private void follows(ZipOutputStream zip, NativeId person) throws IOException {
        zip.putNextEntry(new ZipEntry("follows.csv"));
        line(zip, "direction,network,id");
        for (NativeId followed :
                ports.follows().followedBy(person).stream().sorted().toList()) {
            if (Awaited.isWish(followed)) {
                continue;
            }
            line(zip, "you follow," + cell(followed));
        }
        for (Network network : connectors.networks()) {
            Optional<NativeId> after = Optional.empty();
            List<NativeId> page;
            do {
                page = ports.follows().followersOf(person, network, after, PAGE);
                for (NativeId follower : page) {
                    line(zip, "follows you," + cell(follower));
                    after = Optional.of(follower);
                }
            } while (page.size() == PAGE);
        }
        zip.closeEntry();
    }

    private static String cell(NativeId id) {
        return id.network() + ",\"" + id.value().replace("\"", "\"\"") + "\"";
    }

    private void copies(ZipOutputStream zip, NativeId person) throws IOException {
        zip.putNextEntry(new ZipEntry("copies.ndjson"));
        for (Network network : connectors.reached()) {
            Optional<NativeId> after = Optional.empty();
            List<Ledger.Copy> page;
            do {
                page = ports.ledger().copiesBy(person, network, after, PAGE);
                for (Ledger.Copy copy : page) {
                    line(zip, JSON.writeValueAsString(copy(copy)));
                    after = Optional.of(copy.original());
                }
            } while (page.size() == PAGE);
        }
        zip.closeEntry();
    }

    private ObjectNode copy(Ledger.Copy copy) {
        ObjectNode json = JSON.createObjectNode()
                .put("original", copy.original().value())
                .put("on", copy.network().name())
                .put("copy", copy.ref().id().value())
                .put("at", copy.at().toString());
        page(copy.network(), copy.ref().id(), false).ifPresent(page -> json.put("page", page.toString()));
        return json;
    }

    private static void line(ZipOutputStream zip, String text) throws IOException {
        zip.write((text + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
