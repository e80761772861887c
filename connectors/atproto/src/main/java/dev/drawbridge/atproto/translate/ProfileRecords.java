package dev.drawbridge.atproto.translate;

import dev.drawbridge.atproto.record.lexicon.Graphemes;
import dev.drawbridge.model.ConsentSignal;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.spi.HostedFile;
import dev.drawbridge.model.spi.Resolved;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `app.bsky.actor.profile` records in both directions.
final class ProfileRecords {
    static final String FIRST = "pinnedPost";
    private static final int MAX_NAME = 64;
    private static final int MAX_NAME_BYTES = 640;
    private static final int MAX_PRONOUNS = 20;
    private static final int MAX_PRONOUNS_BYTES = 200;
    private static final int MAX_BIO = 256;
    private static final int MAX_BIO_BYTES = 2560;

    /// Profiles have no facets: addresses and hashtags are found by their looks.
    private static final Pattern ADDRESS = Pattern.compile(
            "(?<link>https?://[^\\s<>\"]+[^\\s<>\".,;:!?)'])|(?<![\\w#/])#(?<tag>[\\p{L}_][\\p{L}\\p{N}_]*)");

    private ProfileRecords() {}

    static Profile read(RepoDocument.Write write) {
        ObjectNode record = write.record();
        String name = Fields.optionalString(record, "displayName").orElse("");
        RichText bio = rich(Fields.optionalString(record, "description").orElse(""));
        String handle = write.handle().orElse(write.did().value());
        return Profile.builder(write.author(), handle)
                .displayName(name)
                .bio(bio)
                .url(FacetReader.uri("https://bsky.app/profile/" + handle))
                .avatar(BlobFiles.of(write).address(record.path("avatar")))
                .header(BlobFiles.of(write).address(record.path("banner")))
                .fields(fields(record))
                .pins(Optional.of(
                        Fields.optionalObject(record, "pinnedPost").isPresent()
                                ? List.of(Fields.strongRef(record, "pinnedPost").id())
                                : List.of()))
                .signals(UserIntents.with(write.intents(), signals(record)))
                .automated(SelfLabels.has(record, SelfLabels.BOT))
                .refusesBridging(UserIntents.refuse(write.intents()))
                .build();
    }

    /// What counts against being carried, short of a refusal.
    private static Set<ConsentSignal> signals(ObjectNode record) {
        return SelfLabels.has(record, SelfLabels.SIGN_IN) ? Set.of(ConsentSignal.SIGN_IN_TO_READ) : Set.of();
    }

    /// The record of a ghost: what the person says, and whose copy it is.
    static ObjectNode write(Profile profile, Resolved resolved, List<Loss> losses) {
        ObjectNode record = JsonNodeFactory.instance.objectNode().put("$type", Lexicons.PROFILE);
        String name = Graphemes.storable(profile.displayName()).strip();
        if (!name.isEmpty()) {
            record.put("displayName", fit("displayName", name, MAX_NAME, MAX_NAME_BYTES, losses));
        }
        record.put("description", description(profile, resolved, losses));
        if (profile.automated()) {
            SelfLabels.write(record, List.of(SelfLabels.BOT));
        }
        picture("avatar", profile.avatar(), resolved, record, losses);
        picture("banner", profile.header(), resolved, record, losses);
        facts(profile, record, losses);
        pin(profile, resolved, record, losses);
        if (!profile.emoji().isEmpty()) {
            losses.add(new Loss("emoji", "stays text in name and self-description"));
        }
        record.put(Lexicons.ORIGINAL_URL, Originals.address(profile.actor(), profile.url()));
        record.put("bridgyOriginalDescription", OriginalText.html(profile.bio()));
        return record;
    }

    private static void picture(
            String field, Optional<URI> source, Resolved resolved, ObjectNode record, List<Loss> losses) {
        if (source.isEmpty()) {
            return;
        }
        Optional<HostedFile> file = source.flatMap(resolved::file)
                .filter(found -> found.mediaType().equals("image/jpeg")
                        || found.mediaType().equals("image/png"));
        if (file.isEmpty()) {
            losses.add(new Loss(field, "the picture is not kept here"));
        }
        file.ifPresent(found -> record.set(field, Blobs.write(found)));
    }

    /// Of the facts in the table of a person, records have room for two.
    private static void facts(Profile profile, ObjectNode record, List<Loss> losses) {
        for (Profile.Field fact : profile.fields()) {
            String name = fact.name().strip().toLowerCase(Locale.ROOT);
            String said = Graphemes.storable(fact.value().text()).strip();
            if (name.equals("pronouns")
                    && !record.has("pronouns")
                    && !said.isEmpty()
                    && Graphemes.fits(said, MAX_PRONOUNS, MAX_PRONOUNS_BYTES)) {
                record.put("pronouns", said);
            } else if (name.equals("website")
                    && !record.has("website")
                    && page(fact).isPresent()) {
                record.put("website", page(fact).orElseThrow());
            } else {
                losses.add(new Loss("fields", "not shown here: " + fact.name()));
            }
        }
    }

    private static Optional<String> page(Profile.Field fact) {
        return fact.value().facets().stream()
                .flatMap(facet -> facet instanceof Facet.Link link
                        ? Stream.of(link.target().toASCIIString())
                        : Stream.empty())
                .filter(FacetWriter::isUri)
                .findFirst()
                .or(() -> FacetReader.page(fact.value().text().strip()).map(URI::toASCIIString));
    }

    static boolean canBeFirst(ObjectRef here) {
        return here.version().isPresent() && EmbedReader.isPost(here);
    }

    /// One post can be first.
    private static void pin(Profile profile, Resolved resolved, ObjectNode record, List<Loss> losses) {
        List<NativeId> pins = profile.pins().orElse(List.of());
        Optional<ObjectRef> first = pins.stream()
                .flatMap(pin -> resolved.objectHere(pin).stream())
                .filter(ProfileRecords::canBeFirst)
                .findFirst();
        first.ifPresent(here -> record.set(FIRST, StrongRefs.write(here)));
        int lost = pins.size() - (first.isPresent() ? 1 : 0);
        if (lost > 0) {
            losses.add(new Loss("pins", "not shown first here: " + lost));
        }
    }

    private static String description(Profile profile, Resolved resolved, List<Loss> losses) {
        String bio = PostText.body(profile.bio(), resolved, losses).text().strip();
        String from = "Bridged from " + profile.handle()
                + profile.url().map(url -> " " + url).orElse("");
        String source = "🌉 " + from.substring(0, Graphemes.prefix(from, MAX_BIO / 2, MAX_BIO_BYTES / 2));
        String gap = bio.isEmpty() ? "" : "\n\n";
        int room = MAX_BIO - Graphemes.count(source + gap);
        int bytes = MAX_BIO_BYTES - Graphemes.bytes(source + gap);
        return fit("description", bio, room, bytes, losses) + gap + source;
    }

    private static String fit(String field, String text, int graphemes, int bytes, List<Loss> losses) {
        if (Graphemes.fits(text, graphemes, bytes)) {
            return text;
        }
        losses.add(new Loss(field, "longer than the network takes: cut"));
        return text.substring(0, Graphemes.prefix(text, graphemes - 1, bytes - 3)) + "…";
    }

    private static List<Profile.Field> fields(ObjectNode record) {
        List<Profile.Field> fields = new ArrayList<>();
        Fields.optionalString(record, "pronouns")
                .map(String::strip)
                .filter(said -> !said.isEmpty())
                .ifPresent(said -> fields.add(new Profile.Field("Pronouns", RichText.plain(said))));
        Fields.optionalString(record, "website")
                .flatMap(FacetReader::page)
                .ifPresent(page -> fields.add(new Profile.Field("Website", rich(page.toString()))));
        return fields;
    }

    private static RichText rich(String text) {
        List<Facet> facets = new ArrayList<>();
        Matcher found = ADDRESS.matcher(text);
        while (found.find()) {
            int start = found.start();
            int end = found.end();
            String tag = found.group("tag");
            if (tag == null) {
                FacetReader.uri(found.group("link")).ifPresent(uri -> facets.add(new Facet.Link(start, end, uri)));
            } else {
                facets.add(new Facet.Hashtag(start, end, tag));
            }
        }
        return new RichText(text, facets);
    }
}
