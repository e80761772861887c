package dev.drawbridge.it.translate;

import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.lexicon.LexiconCatalog;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.model.Activity;
import dev.drawbridge.nostr.event.EventReader;
import dev.drawbridge.nostr.event.Reading;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What every document that is written must keep to, whatever came in.
final class OutputRules {
    /// What every server lets through unchanged.
    private static final Set<String> ELEMENTS = Set.of("p", "br", "a", "span", "strong");

    private static final Set<String> ATTRIBUTES = Set.of("href", "class", "rel", "target", "translate");

    /// What articles have besides (FEP-b2b8).
    private static final Set<String> FORM = Set.of(
            "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code", "em", "ul", "ol", "li", "hr", "img");

    private static final Set<String> OF_FORM = Set.of("src", "alt", "start");

    /// Those of whom a `summary` is markup; of a note it is the warning, which servers write and show as plain text.
    private static final Set<String> ACTORS = Set.of("Person", "Service", "Application");

    private static final Set<String> ADDRESSES = Set.of("id", "url", "href", "object", "actor", "uri", "inReplyTo");
    private static final List<String> PROGRAMS = List.of("javascript:", "data:", "vbscript:");

    private final List<String> problems = new ArrayList<>();
    private final boolean formed;

    private OutputRules(boolean formed) {
        this.formed = formed;
    }

    /// @return what is wrong with what was written
    static List<String> broken(Translators.Written written) {
        boolean formed = switch (written.activity()) {
            case Activity.Publish publish -> publish.post().article().isPresent();
            case Activity.Edit edit -> edit.post().article().isPresent();
            default -> false;
        };
        var rules = new OutputRules(formed);
        for (String document : written.draft().documents()) {
            JsonNode json = JsonMapper.shared().readTree(document);
            rules.walk("", json);
            switch (written.network().name()) {
                case "activitypub" -> rules.activityPub(json);
                case "nostr" -> rules.nostr(document);
                case "atproto" -> rules.atproto(json);
                default -> rules.problems.add("nobody knows the rules of " + written.network());
            }
        }
        return rules.problems;
    }

    private void walk(String name, JsonNode node) {
        if (node.isObject()) {
            node.properties().forEach(e -> walk(e.getKey(), e.getValue()));
        } else if (node.isArray()) {
            node.forEach(item -> walk(name, item));
        } else if (node.isString() && ADDRESSES.contains(name)) {
            String start = node.stringValue().strip().toLowerCase(Locale.ROOT);
            if (PROGRAMS.stream().anyMatch(start::startsWith)) {
                problems.add(name + " is a program: " + start);
            }
        }
    }

    private void activityPub(JsonNode activity) {
        for (String name : List.of("id", "type", "actor")) {
            if (!activity.path(name).isString()) {
                problems.add("an activity without " + name);
            }
        }
        if (!activity.path("@context").isArray() || activity.path("@context").isEmpty()) {
            problems.add("an activity without a context");
        }
        markup("", activity);
    }

    private void markup(String name, JsonNode node) {
        if (node.path("mediaType").asString("").equals("text/plain")) {
            return;
        }
        if (node.isObject()) {
            node.properties()
                    .forEach(e -> markup(e.getKey().equals("contentMap") ? "content" : e.getKey(), e.getValue()));
            if (name.equals("content")) {
                node.forEach(text -> markup("content", text));
            }
            if (ACTORS.contains(node.path("type").asString(""))) {
                markup("content", node.path("summary"));
            }
        } else if (node.isArray()) {
            node.forEach(item -> markup(name, item));
        } else if (node.isString() && name.equals("content")) {
            Jsoup.parseBodyFragment(node.stringValue())
                    .body()
                    .children()
                    .forEach(child -> child.getAllElements().forEach(this::element));
        }
    }

    private void element(Element element) {
        if (!ELEMENTS.contains(element.normalName()) && !(formed && FORM.contains(element.normalName()))) {
            problems.add("markup with <" + element.normalName() + ">");
        }
        for (Attribute attribute : element.attributes()) {
            if (!ATTRIBUTES.contains(attribute.getKey()) && !(formed && OF_FORM.contains(attribute.getKey()))) {
                problems.add("markup with " + attribute.getKey() + "=");
            }
        }
        for (String address : List.of(element.attr("href"), element.attr("src"))) {
            String start = address.toLowerCase(Locale.ROOT);
            if (!start.isEmpty() && !start.startsWith("http://") && !start.startsWith("https://")) {
                problems.add("a link to " + start);
            }
        }
    }

    private void nostr(String document) {
        if (EventReader.readDraft(document) instanceof Reading.Unreadable<?>(String field, String detail)) {
            problems.add("an event that is none: " + field + ": " + detail);
        }
    }

    private void atproto(JsonNode draft) {
        if (!draft.path("collection").isString() && !draft.path("account").isString()) {
            problems.add("a record without a collection");
        }
        JsonNode record = draft.path("record");
        int end = record.path("text").asString("").getBytes(StandardCharsets.UTF_8).length;
        int at = 0;
        for (JsonNode facet : record.path("facets")) {
            int start = facet.path("index").path("byteStart").asInt(-1);
            int stop = facet.path("index").path("byteEnd").asInt(-1);
            if (start < at || stop <= start || stop > end) {
                problems.add("a facet outside the text or over another: " + facet);
            }
            at = stop;
        }
        if (record.isObject()) {
            String key = draft.path("collection").asString() + "/"
                    + draft.path("rkey").asString();
            LexiconCatalog.bundled()
                    .check(RepoPath.parse(key), DataJson.map(record))
                    .forEach(finding -> problems.add(key + ": " + finding));
        }
    }
}
