package dev.drawbridge.mongo;

import dev.drawbridge.model.InteractionPolicy;
import dev.drawbridge.model.InteractionPolicy.Group;
import dev.drawbridge.model.InteractionPolicy.Kind;
import dev.drawbridge.model.InteractionPolicy.People;
import dev.drawbridge.model.InteractionPolicy.Rule;
import dev.drawbridge.model.NativeId;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;

/// An [InteractionPolicy] as a part of a document: per rule who may and who has to ask, groups by name and people by
/// id.
final class Terms {
    private Terms() {}

    static Document write(InteractionPolicy policy) {
        var document = new Document();
        for (Kind kind : Kind.values()) {
            policy.rule(kind)
                    .ifPresent(rule -> document.append(
                            name(kind),
                            new Document("automatic", write(rule.automatic())).append("manual", write(rule.manual()))));
        }
        return document;
    }

    static InteractionPolicy read(Row row) {
        return new InteractionPolicy(
                rule(row, Kind.REPLY), rule(row, Kind.LIKE), rule(row, Kind.REPOST), rule(row, Kind.QUOTE));
    }

    private static Optional<Rule> rule(Row row, Kind kind) {
        return row.optionalChild(name(kind)).map(rule -> new Rule(people(rule, "automatic"), people(rule, "manual")));
    }

    private static String name(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static java.util.List<String> write(People people) {
        return Stream.concat(
                        people.groups().stream().map(Group::name),
                        people.named().stream().map(NativeId::key))
                .toList();
    }

    private static People people(Row rule, String field) {
        // A key has a bar, the name of a group has none.
        return new People(
                rule.texts(field).stream()
                        .filter(text -> !text.contains("|"))
                        .map(Group::valueOf)
                        .collect(Collectors.toSet()),
                rule.texts(field).stream()
                        .filter(text -> text.contains("|"))
                        .map(NativeId::parse)
                        .collect(Collectors.toSet()));
    }
}
