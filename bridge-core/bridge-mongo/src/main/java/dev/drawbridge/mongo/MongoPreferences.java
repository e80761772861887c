package dev.drawbridge.mongo;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.model.Choices;
import dev.drawbridge.model.Choices.Edits;
import dev.drawbridge.model.Choices.LongPosts;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.port.Preferences;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;

/// [Preferences] on MongoDB: a document per person. What an older version did not write has its default.
final class MongoPreferences implements Preferences {
    private final Documents preferences;

    MongoPreferences(MongoDatabase database) {
        preferences = new Documents(database, "preferences");
    }

    @Override
    public Preference of(NativeId person) {
        Preference usual = Preference.byDefault(person);
        return preferences
                .byId(person.key())
                .map(row -> new Preference(
                        person,
                        row.flag("unlisted", usual.unlisted()),
                        row.flag("notices", usual.notices()),
                        row.optionalText("language"),
                        new Choices(
                                row.optionalText("longPosts")
                                        .map(MongoPreferences::constant)
                                        .map(LongPosts::valueOf),
                                row.optionalText("edits")
                                        .map(MongoPreferences::constant)
                                        .map(Edits::valueOf)),
                        people(row, "muted"),
                        blocked(row),
                        pins(row),
                        row.optionalText("pinsChangedBy")
                                .map(profile ->
                                        new PinsBefore(NativeId.parse(profile), pins(row.child("pinsBefore"))))))
                .orElse(usual);
    }

    private static Set<NativeId> people(Row row, String field) {
        return row.textsOrNone(field).stream().map(NativeId::parse).collect(Collectors.toUnmodifiableSet());
    }

    private static List<NativeId> pins(Row row) {
        return row.textsOrNone("pins").stream().map(NativeId::parse).toList();
    }

    private static List<String> keys(List<NativeId> pins) {
        return pins.stream().map(NativeId::key).toList();
    }

    private static Map<NativeId, NativeId> blocked(Row row) {
        return row.childrenOrNone("blocked").stream()
                .collect(Collectors.toUnmodifiableMap(block -> block.nativeId("who"), block -> block.nativeId("by")));
    }

    private static void put(Document document, String field, Set<NativeId> people) {
        if (!people.isEmpty()) {
            document.append(field, people.stream().map(NativeId::key).sorted().toList());
        }
    }

    private static String constant(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void put(Preference preference) {
        Document document = Row.of(preference.person().key())
                .append("unlisted", preference.unlisted())
                .append("notices", preference.notices());
        preference.language().ifPresent(language -> document.append("language", language));
        preference.choices().longPosts().ifPresent(how -> document.append("longPosts", name(how)));
        preference.choices().edits().ifPresent(how -> document.append("edits", name(how)));
        put(document, "muted", preference.muted());
        if (!preference.pins().isEmpty()) {
            document.append("pins", keys(preference.pins()));
        }
        preference
                .pinsBefore()
                .ifPresent(before -> document.append(
                                "pinsChangedBy", before.profile().key())
                        .append("pinsBefore", new Document("pins", keys(before.pins()))));
        if (!preference.blocked().isEmpty()) {
            document.append(
                    "blocked",
                    preference.blocked().entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(block -> new Document("who", block.getKey().key())
                                    .append("by", block.getValue().key()))
                            .toList());
        }
        preferences.put(document);
    }

    @Override
    public void remove(NativeId person) {
        preferences.delete(eq("_id", person.key()));
    }
}
