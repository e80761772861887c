package dev.drawbridge.config.translate;

import dev.drawbridge.model.Choices;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.spi.Resolved;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Who and what stands for whom on the other network, from a file instead of a store:
///
/// ```json
/// {"actors":  {"<id>": {"here": "<id on the other network>", "handle": "@carol@site.example"}},
///  "objects": {"<id>": {"here": "…", "version": "…", "root": "…", "rootVersion": "…", "author": "…"}},
///  "choices": {"longPosts": "card or thread", "edits": "in-place or replace"}}
/// ```
///
/// Everything but the keys is optional and belongs to the network translated to.
public final class Resolutions {
    public static final Resolutions NONE = new Resolutions(Map.of(), Map.of(), Choices.NONE);

    private record Person(Optional<String> here, Optional<String> handle) {}

    private record Thing(Optional<ObjectText> here, Optional<ObjectText> root, Optional<String> author) {}

    private record ObjectText(String id, Optional<String> version) {
        ObjectRef on(Network network) {
            return new ObjectRef(new NativeId(network, id), version);
        }
    }

    private final Map<String, Person> actors;
    private final Map<String, Thing> objects;
    private final Choices choices;

    private Resolutions(Map<String, Person> actors, Map<String, Thing> objects, Choices choices) {
        this.actors = actors;
        this.objects = objects;
        this.choices = choices;
    }

    /// @throws BadInput if the text is not what is described above
    public static Resolutions parse(String json) {
        JsonNode root;
        try {
            root = JsonMapper.shared().readTree(json);
        } catch (JacksonException e) {
            throw new BadInput("the resolve file is not JSON: " + e.getOriginalMessage());
        }
        var actors = new LinkedHashMap<String, Person>();
        entries(root, "actors")
                .forEach((id, node) -> actors.put(id, new Person(text(node, "here"), text(node, "handle"))));
        var objects = new LinkedHashMap<String, Thing>();
        entries(root, "objects").forEach((id, node) -> {
            Optional<ObjectText> here = object(node, "here", "version");
            objects.put(id, new Thing(here, object(node, "root", "rootVersion").or(() -> here), text(node, "author")));
        });
        return new Resolutions(actors, objects, choices(root.path("choices")));
    }

    private static Choices choices(JsonNode node) {
        if (!node.isMissingNode() && !node.isObject()) {
            throw new BadInput("the resolve file needs an object in 'choices'");
        }
        return new Choices(
                text(node, "longPosts").map(how -> switch (how) {
                    case "card" -> Choices.LongPosts.CARD;
                    case "thread" -> Choices.LongPosts.THREAD;
                    default -> throw new BadInput("the resolve file needs 'card' or 'thread' in 'longPosts'");
                }),
                text(node, "edits").map(how -> switch (how) {
                    case "in-place" -> Choices.Edits.IN_PLACE;
                    case "replace" -> Choices.Edits.REPLACE;
                    default -> throw new BadInput("the resolve file needs 'in-place' or 'replace' in 'edits'");
                }));
    }

    private static Map<String, JsonNode> entries(JsonNode root, String name) {
        var entries = new LinkedHashMap<String, JsonNode>();
        if (!root.isObject() || (root.has(name) && !root.get(name).isObject())) {
            throw new BadInput("the resolve file needs objects in 'actors' and 'objects'");
        }
        for (var entry : root.path(name).properties()) {
            if (entry.getKey().isBlank() || !entry.getValue().isObject()) {
                throw new BadInput("the resolve file has something wrong in '" + name + "': " + entry.getKey());
            }
            entries.put(entry.getKey(), entry.getValue());
        }
        return entries;
    }

    private static Optional<ObjectText> object(JsonNode node, String id, String version) {
        return text(node, id).map(i -> new ObjectText(i, text(node, version)));
    }

    private static Optional<String> text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isString() || value.stringValue().isBlank()) {
            throw new BadInput("the resolve file needs a text in '" + field + "'");
        }
        return Optional.of(value.stringValue());
    }

    /// What is known, from the viewpoint of the network that is translated from: everybody is there already.
    Resolved source(Network from) {
        var people = new LinkedHashMap<NativeId, Resolved.Actor>();
        actors.forEach((id, person) -> {
            var who = new NativeId(from, id);
            people.put(who, new Resolved.Actor(who, Optional.of(who), person.handle(), Optional.empty()));
        });
        var posts = new LinkedHashMap<NativeId, Resolved.Post>();
        objects.forEach((id, thing) -> {
            var what = new NativeId(from, id);
            posts.put(what, post(what, Optional.of(ObjectRef.of(what)), Optional.empty(), Optional.empty()));
        });
        return new Resolved(people, posts, Map.of(), Set.of());
    }

    /// What is known, from the viewpoint of the network that is translated to.
    Resolved target(Network from, Network to) {
        var people = new LinkedHashMap<NativeId, Resolved.Actor>();
        actors.forEach((id, person) -> {
            var who = new NativeId(from, id);
            var here = person.here().map(h -> new NativeId(to, h));
            people.put(who, new Resolved.Actor(who, here, person.handle(), Optional.empty()));
        });
        var posts = new LinkedHashMap<NativeId, Resolved.Post>();
        objects.forEach((id, thing) -> {
            var what = new NativeId(from, id);
            posts.put(
                    what,
                    post(
                            what,
                            thing.here().map(h -> h.on(to)),
                            thing.root().map(r -> r.on(to)),
                            thing.author().map(a -> new NativeId(to, a))));
        });
        return new Resolved(people, posts, Map.of(), Set.of()).choosing(choices);
    }

    private static Resolved.Post post(
            NativeId what, Optional<ObjectRef> here, Optional<ObjectRef> root, Optional<NativeId> author) {
        return new Resolved.Post(what, Optional.empty(), here, root, author, Optional.empty());
    }
}
