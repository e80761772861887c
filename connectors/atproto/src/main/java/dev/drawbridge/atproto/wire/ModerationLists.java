package dev.drawbridge.atproto.wire;

import dev.drawbridge.atproto.record.syntax.AtUri;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.model.moderation.Entry;
import dev.drawbridge.model.moderation.Subject;
import dev.drawbridge.model.spi.Listing;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is on a moderation list, by its `at://` address or by its page.
///
/// Spec: lexicons `app.bsky.graph.list`, `app.bsky.graph.listitem`
public final class ModerationLists {
    private static final Pattern ADDRESS =
            Pattern.compile("at://([^/?#]{1,253})/app\\.bsky\\.graph\\.list/([A-Za-z0-9._:~-]{1,512})");
    private static final Pattern PAGE =
            Pattern.compile("https://[a-z0-9.-]{1,253}/profile/([^/?#]{1,253})/lists/([A-Za-z0-9._:~-]{1,512})");

    private final ListMembers members;
    private final HandleResolver handles;

    public ModerationLists(ListMembers members, HandleResolver handles) {
        this.members = members;
        this.handles = handles;
    }

    public Listing list(String address) {
        Matcher matcher = ADDRESS.matcher(address);
        if (!matcher.matches()) {
            matcher = PAGE.matcher(address);
        }
        return matcher.matches() ? of(matcher.group(1), matcher.group(2)) : new Listing.Foreign();
    }

    private Listing of(String owner, String name) {
        Optional<Did> did = Did.tryParse(owner).or(() -> Handle.tryParse(owner).flatMap(handles::resolve));
        if (did.isEmpty()) {
            return new Listing.Silent("nobody says who " + owner + " is");
        }
        Optional<AtUri> list = AtUri.tryParse("at://" + did.get().value() + "/app.bsky.graph.list/" + name);
        if (list.isEmpty()) {
            return new Listing.Foreign();
        }
        try {
            List<Entry> entries = members.all(list.get()).stream()
                    .flatMap(member -> Did.tryParse(member).stream())
                    .map(member -> new Subject(Subject.Kind.ACTOR, member.value()))
                    .distinct()
                    .map(subject -> new Entry(subject, Optional.empty(), ""))
                    .toList();
            return entries.isEmpty()
                    ? new Listing.Unreadable("nobody is on the list " + name + " of " + owner)
                    : new Listing.Entries(entries);
        } catch (Unavailable e) {
            return new Listing.Silent(String.valueOf(e.getMessage()));
        }
    }
}
