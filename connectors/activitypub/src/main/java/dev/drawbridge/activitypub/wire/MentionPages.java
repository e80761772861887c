package dev.drawbridge.activitypub.wire;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.activitypub.store.Presentation;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.StringNode;

/// People whom a `Mention` names by their page instead of their id, as some servers do: GoToSocial
/// [takes both](https://docs.gotosocial.org/en/latest/federation/posts/#mentions). Our own are found by the handle
/// beside the page, and only if that page is what they show; others only if their server said so before. Nobody is
/// asked.
public final class MentionPages {
    private static final int MOST_TAGS = 100;
    private final LocalActors locals;
    private final RemoteActors remotes;
    private final Addresses addresses;

    public MentionPages(LocalActors locals, RemoteActors remotes, Addresses addresses) {
        this.locals = locals;
        this.remotes = remotes;
        this.addresses = addresses;
    }

    /// @param activity or a note by itself
    /// @return the same with ids in place of pages; itself if there are none
    As2 named(As2 activity) {
        Optional<As2> note = activity.object("object");
        if (note.isEmpty()) {
            return namedNote(activity);
        }
        As2 named = namedNote(note.get());
        return named == note.get() ? activity : activity.with("object", named.node());
    }

    private As2 namedNote(As2 note) {
        ArrayNode tags = Documents.object().putArray("tag");
        boolean changed = false;
        for (As2 tag : note.objects("tag")) {
            Optional<String> id = tags.size() < MOST_TAGS && tag.isA("Mention") ? person(tag) : Optional.empty();
            changed |= id.isPresent();
            tags.add(id.map(person -> tag.with("href", StringNode.valueOf(person)))
                    .orElse(tag)
                    .node());
        }
        return changed ? note.with("tag", tags) : note;
    }

    /// @return the id in place of the page; empty if it is an id, or nobody we know
    private Optional<String> person(As2 mention) {
        Optional<String> page = mention.text("href").filter(h -> Uris.isHttp(h));
        if (page.isEmpty() || addresses.username(page.get()).isPresent()) {
            return Optional.empty();
        }
        return remotes.byPage(page.get())
                .or(() -> mention.text("name")
                        .flatMap(this::local)
                        .filter(p -> shows(p, page.get()))
                        .map(addresses::actor));
    }

    /// @param name `@user@host`
    private Optional<Presentation> local(String name) {
        String[] parts = name.strip().toLowerCase(Locale.ROOT).split("@", -1);
        boolean here = parts.length == 3 && parts[0].isEmpty() && addresses.isHandleHost(parts[2]);
        return here
                ? locals.byUsername(parts[1]).filter(p -> p.host().equals(parts[2]) && !p.gone())
                : Optional.empty();
    }

    private static boolean shows(Presentation person, String page) {
        return Documents.parse(person.card())
                .found()
                .filter(card -> card.refs("url").contains(page))
                .isPresent();
    }
}
